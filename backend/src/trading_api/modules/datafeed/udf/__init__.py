"""The UDF protocol of the chart libraries, below `/udf`: the datafeed in that protocol's shapes."""
