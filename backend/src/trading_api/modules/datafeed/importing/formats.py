"""The formats that can be imported, by the name that `trading-pro data import` knows them by."""

from collections.abc import Mapping

from trading_api.modules.datafeed.importing.csv_files import CsvImporter
from trading_api.modules.datafeed.importing.importer import Importer
from trading_api.modules.datafeed.importing.klines import KlineImporter
from trading_api.modules.datafeed.importing.lean_files import LeanImporter
from trading_api.modules.datafeed.importing.parquet_files import ParquetImporter
from trading_api.modules.datafeed.importing.recordings import RecordingImporter

FORMATS: Mapping[str, Importer] = {
    "csv": CsvImporter(),
    "parquet": ParquetImporter(),
    "lean": LeanImporter(),
    "binance": KlineImporter(),
    "recording": RecordingImporter(),
}
