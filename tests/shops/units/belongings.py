"""Units of business."""

PLAIN = "name"
