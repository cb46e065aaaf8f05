"""Receipts of sales: what stands on them, and how they look as text, bytes and message.

They are Indonesian, whatever language the pages are read in: they are for whoever buys.
"""
