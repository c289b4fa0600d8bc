"""The bars store: what has been imported or recorded, as Parquet files that DuckDB reads.

`<exchange>/<ticker>/` holds `instrument.json`, the files of each series (`1S`, `1`, `1D`, `1-bid`, `ticks`),
`actions.json`, and `index.json`, which names the files that count. A file is never changed: a commit writes
new ones beside it and replaces the index, so that a reader of any process sees all of a commit or nothing.
"""
