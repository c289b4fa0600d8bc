"""Instruments and their prices, with the field names of the chart libraries."""
