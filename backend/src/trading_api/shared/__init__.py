"""The kernel that every module runs on. Imports models only and knows no module."""
