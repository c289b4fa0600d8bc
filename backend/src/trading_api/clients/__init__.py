"""Clients of the modules' interfaces, generated but for what they share; how modules reach each other.

They import models only. `<name>_client` asks over REST, `<name>_ws_client` follows streams; both take an
`Endpoint` or a URL, and raise what `errors` lists.
"""
