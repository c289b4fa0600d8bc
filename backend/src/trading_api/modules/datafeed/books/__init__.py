"""Order books: kept in order, and rebuilt from what exchanges send of them."""
