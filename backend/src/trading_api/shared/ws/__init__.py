"""Streams: topics, subscriptions and their delivery over one WebSocket a module."""
