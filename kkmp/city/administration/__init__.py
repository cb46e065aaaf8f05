"""The administration's pages of areas, cooperatives and published figures."""
