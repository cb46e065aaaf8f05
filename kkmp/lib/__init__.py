"""Below all apps: money, days, identity numbers, forms, the API's shape; no models."""
