// Made from the OpenAPI file of the module "datafeed" by "npm run generate"; never edited.

export interface paths {
    "/bars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bars in [from_time, to_time), and at least `count_back` before `to_time`; none of the future */
        get: operations["bars"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the datafeed can do */
        get: operations["config"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/depth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The book now, as many levels as the feed has */
        get: operations["depth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/marks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The account's executions on the bars in [from_time, to_time), at most ten a bar
         * @description Without a broker, or while it does not answer, there are none.
         */
        get: operations["marks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One quote for each of the symbols, in that order */
        get: operations["quotes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the replay is and how it runs */
        get: operations["replay"];
        /** The same as POST */
        put: operations["change_replay"];
        /** Pause or play, change the speed, go to another moment, or choose what is played */
        post: operations["control_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resolve/{symbol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything about one symbol */
        get: operations["resolve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Symbols whose name or description contains the input: exact, prefix, inside the name, description */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the data comes from and how fresh it is */
        get: operations["status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/time": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The market's time, whole seconds UTC */
        get: operations["time"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/timescale-marks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Splits and dividends on the bars in [from_time, to_time), one mark a bar */
        get: operations["timescale_marks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/trades": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last trades, oldest first, as far as the feed remembers them */
        get: operations["trades"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/udf/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the datafeed can do */
        get: operations["udf_config"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/udf/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bars in [`from`, `to`), and at least `countback` before `to`; none of the future */
        get: operations["udf_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/udf/marks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The account's executions in [`from`, `to`), each on its bar */
        get: operations["udf_marks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/udf/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One quote for each of the symbols, in that order; none for none */
        get: operations["udf_quotes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/udf/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Symbols whose name or description contains the query: exact, prefix, inside the name, description */
        get: operations["udf_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/udf/symbol_info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All symbols of one exchange as a table */
        get: operations["udf_symbol_info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/udf/symbols": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything about one symbol */
        get: operations["udf_symbols"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/udf/time": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The market's time in whole seconds */
        get: operations["udf_time"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/udf/timescale_marks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Corporate actions in [`from`, `to`), each on its bar */
        get: operations["udf_timescale_marks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Open, high, low, close of one period; `time` is its start (daily: 00:00 UTC of the trading day). */
        Bar: {
            /** @example 168.12 */
            close: number;
            /** @example 168.2 */
            high: number;
            /** @example 168.05 */
            low: number;
            /** @example 168.1 */
            open: number;
            /**
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            time: number;
            /**
             * @description Absent where the feed reports none.
             * @example 152300
             */
            volume?: number;
        };
        /** @description Answer to a request for bars: ascending, unique, all before `to_time`. */
        BarsPage: {
            bars: components["schemas"]["Bar"][];
            /**
             * @description Of an answer without bars: the newest bar before it, ms UTC.
             * @example 1380893400000
             */
            nextTime?: number;
            /**
             * @description There are no bars here, and without `nextTime` none before either.
             * @example false
             */
            noData: boolean;
        };
        /** @description What the datafeed can do. */
        DatafeedConfiguration: {
            exchanges: components["schemas"]["NamedValue"][];
            /**
             * @example [
             *       "1",
             *       "5",
             *       "15",
             *       "60",
             *       "1D"
             *     ]
             */
            supported_resolutions: string[];
            /** @example false */
            supports_marks: boolean;
            supports_time: boolean;
            /** @example false */
            supports_timescale_marks: boolean;
            symbols_types: components["schemas"]["NamedValue"][];
        };
        /** @description The book of one symbol at `time`; both sides ascending by price. */
        Depth: {
            /**
             * @example [
             *       {
             *         "price": 168.12,
             *         "volume": 500
             *       },
             *       {
             *         "price": 168.13,
             *         "volume": 1200
             *       }
             *     ]
             */
            asks: components["schemas"]["DepthLevel"][];
            /**
             * @example [
             *       {
             *         "price": 168.1,
             *         "volume": 900
             *       },
             *       {
             *         "price": 168.11,
             *         "volume": 300
             *       }
             *     ]
             */
            bids: components["schemas"]["DepthLevel"][];
            /** @example SPY */
            symbol: string;
            /**
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            time: number;
        };
        /** @description One price level of the book. */
        DepthLevel: {
            /** @example 168.11 */
            price: number;
            /** @example 300 */
            volume: number;
        };
        /** @description State of the market data as a whole. */
        FeedStatus: {
            /**
             * @description Version of the exchange calendars.
             * @example 4.13.2
             */
            calendars?: string;
            /**
             * @example replayed
             * @enum {string}
             */
            kind: "simulated" | "replayed" | "live" | "delayed" | "end-of-day";
            /** @description Why no more data comes; absent while it does. */
            problem?: string;
            /** @example replay */
            provider: string;
            /** @description In the stream, of those that are followed: of more than 1000, the silent ones first. */
            symbols: components["schemas"]["SymbolStatus"][];
            /**
             * @description The market's time: that of every bar, quote, order and journal entry.
             * @example 1380893400000
             */
            time: number;
            /**
             * @description Version of the time zone data.
             * @example 2026.6
             */
            timeZones?: string;
            /**
             * @description So many more are followed.
             * @default 0
             */
            untold?: number;
        };
        /** @description One thing wrong with one field. */
        FieldProblem: {
            /** @example quantity-step */
            code?: string;
            /**
             * @description Path of the field on the wire.
             * @example qty
             */
            field: string;
            /** @example qty must be a multiple of 1 */
            message: string;
            /**
             * @description The offending value, as text if JSON cannot hold it.
             * @example 12.5
             */
            value?: unknown;
        };
        /** @description A dot on a bar: one execution, or what is too much for one bar. */
        Mark: {
            /**
             * @example green
             * @enum {string}
             */
            color: "red" | "green" | "blue" | "yellow";
            /**
             * @description Unique among the marks of an account.
             * @example X3
             */
            id: string;
            /**
             * @description Of which the first letter is drawn.
             * @example B
             */
            label: string;
            /** @example #ffffff */
            labelFontColor: string;
            /**
             * @description Pixels.
             * @example 14
             */
            minSize: number;
            /**
             * @description HTML of the popup; names in it are escaped.
             * @example Bought 100 SPY at 168.12<br>2013-10-04 09:30:12
             */
            text: string;
            /**
             * @description Seconds UTC; exactly the time of a bar.
             * @example 1380893400
             */
            time: number;
        };
        /** @description A choice of a filter; an empty value means all. */
        NamedValue: {
            /** @example NYSE Arca */
            desc?: string;
            /** @example NYSE Arca */
            name: string;
            /** @example ARCA */
            value: string;
        };
        /** @description Every error answer (RFC 9457, `application/problem+json`). */
        Problem: {
            /**
             * @description Stable, kebab-case.
             * @example symbol-unknown
             */
            code: string;
            /**
             * @description One sentence for the user, naming the offending value.
             * @example The symbol NOPE is unknown.
             */
            detail: string;
            fields?: components["schemas"]["FieldProblem"][];
            /** @example f35d4c673a6d4817a097a50704e3fab1 */
            requestId: string;
            retryable: boolean;
            /** @example 404 */
            status: number;
            /** @example Symbol unknown */
            title: string;
            /**
             * @description A URI naming the kind of problem.
             * @example urn:trading-pro:symbol-unknown
             */
            type: string;
        };
        /** @description Which quantities an order may have. */
        QuantityRules: {
            /** @example 100 */
            default: number;
            /** @example 1000000 */
            max: number;
            /** @example 1 */
            min: number;
            /** @example 1 */
            step: number;
        };
        /** @description The quote of one symbol; `n` is exactly the name that was asked for. */
        QuoteData: {
            /** @example SPY */
            n: string;
            /** @enum {string} */
            s: "ok" | "error";
            v: components["schemas"]["QuoteValues"];
        };
        /** @description Prices of one symbol; a field the feed does not know is absent. */
        QuoteValues: {
            /** @example 168.12 */
            ask?: number;
            /** @example 500 */
            ask_size?: number;
            /** @example 168.11 */
            bid?: number;
            /** @example 300 */
            bid_size?: number;
            /**
             * @description Change since the previous close.
             * @example 0.5
             */
            ch?: number;
            /**
             * @description The same in percent.
             * @example 0.3
             */
            chp?: number;
            /**
             * @example replayed
             * @enum {string}
             */
            data_kind?: "simulated" | "replayed" | "live" | "delayed" | "end-of-day";
            /** @example SPDR S&P 500 ETF Trust */
            description?: string;
            /** @example ARCA */
            exchange?: string;
            /** @example 168.2 */
            high_price?: number;
            /** @example 168.05 */
            low_price?: number;
            /**
             * @description Last price.
             * @example 168.12
             */
            lp?: number;
            /** @enum {string} */
            market_status?: "open" | "closed";
            /** @example 168.1 */
            open_price?: number;
            /** @example ARCA:SPY */
            original_name?: string;
            /** @example 167.62 */
            prev_close_price?: number;
            /**
             * @description When it came in, where that is another time than `time`.
             * @example 1380893400000
             */
            received_time?: number;
            /** @example SPY */
            short_name?: string;
            /** @example 0.01 */
            spread?: number;
            /** @description True while nothing has come for longer than the symbol's limit. */
            stale?: boolean;
            /**
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            time?: number;
            /** @example 152300 */
            volume?: number;
        };
        /** @description Change a replay; what is left out stays as it is. */
        ReplayControl: {
            /** @description Begin anew at the end. */
            loop?: boolean;
            playing?: boolean;
            /**
             * @description 0: as fast as it can be played.
             * @example 60
             */
            speed?: number;
            /**
             * @description Play as fast as possible to the end of the bar of this length in which the next event is, then pause.
             * @example 1
             */
            step?: string;
            /**
             * @description Play these only; empty: all.
             * @example [
             *       "SPY"
             *     ]
             */
            symbols?: string[];
            /**
             * @description Go to this moment. Accounts stay as they are; reset those that must not.
             * @example 1380893400000
             */
            time?: number;
        };
        /** @description Where a replay is and how it runs. */
        ReplayState: {
            /**
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1381521600000
             */
            end: number;
            /** @example false */
            finished: boolean;
            /**
             * @description Whether it begins anew at its end.
             * @default false
             */
            loop?: boolean;
            playing: boolean;
            /**
             * @description Market seconds per second, at most 1000; 0: as fast as it can be played.
             * @example 60
             */
            speed: number;
            /**
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            start: number;
            /**
             * @description Those that are played; absent: all.
             * @example [
             *       "SPY",
             *       "IBM"
             *     ]
             */
            symbols?: string[];
            /**
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            time: number;
        };
        /** @description One hit of a symbol search. */
        SearchResult: {
            /** @example SPDR S&P 500 ETF Trust */
            description: string;
            /** @example ARCA */
            exchange: string;
            /** @example SPY */
            symbol: string;
            /** @example SPY */
            ticker: string;
            /**
             * @example fund
             * @enum {string}
             */
            type: "stock" | "fund" | "index" | "forex" | "futures" | "crypto" | "bond";
        };
        /** @description Everything about a symbol, as the chart libraries' symbol info, plus `trading`. */
        SymbolInfo: {
            /**
             * @description What its bars are adjusted for unless a request says otherwise.
             * @default raw
             * @enum {string}
             */
            adjustment?: "raw" | "split" | "total";
            corrections?: string;
            /** @example USD */
            currency_code: string;
            /**
             * @description Where its prices come from.
             * @example replayed
             * @enum {string}
             */
            data_kind: "simulated" | "replayed" | "live" | "delayed" | "end-of-day";
            /** @enum {string} */
            data_status: "streaming" | "endofday" | "delayed_streaming";
            /**
             * @description Seconds that prices are late; -1: only at the end of the day.
             * @default 0
             */
            delay?: number;
            /** @example SPDR S&P 500 ETF Trust */
            description: string;
            /** @example ARCA */
            exchange: string;
            /** @enum {string} */
            format: "price" | "volume";
            fractional?: boolean;
            has_daily: boolean;
            has_intraday: boolean;
            /** @default false */
            has_seconds?: boolean;
            /** @default false */
            has_weekly_and_monthly?: boolean;
            /** @example ARCA */
            listed_exchange: string;
            /** @example 1 */
            minmov: number;
            minmove2?: number;
            /** @example SPY */
            name: string;
            /** @example 100 */
            pricescale: number;
            /**
             * @description Session string in the exchange's time zone.
             * @example 0930-1600
             */
            session: string;
            session_holidays?: string;
            /**
             * @example [
             *       "1",
             *       "5",
             *       "15",
             *       "60",
             *       "1D"
             *     ]
             */
            supported_resolutions: string[];
            /**
             * @description Unique id, used in all requests.
             * @example SPY
             */
            ticker: string;
            /** @example America/New_York */
            timezone: string;
            trading: components["schemas"]["TradingRules"];
            /**
             * @example fund
             * @enum {string}
             */
            type: "stock" | "fund" | "index" | "forex" | "futures" | "crypto" | "bond";
            /** @enum {string} */
            visible_plots_set: "ohlcv" | "ohlc" | "c";
            /** @example 0 */
            volume_precision: number;
        };
        /** @description State of one symbol's feed. */
        SymbolStatus: {
            /**
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            lastEventTime?: number;
            /**
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            lastReceiptTime?: number;
            /** @description Why no data comes; absent while it does. */
            problem?: string;
            /**
             * @description Silence after which it counts as stale.
             * @example 30000
             */
            staleAfterMs?: number;
            /**
             * @description `waiting`: nothing has come yet, or the recording starts later than the market's time; `stale`: open, but silent for longer than its limit; `closed`: its exchange is; `failed`: see `problem`; `idle`: nobody wants it now, so that it is not followed.
             * @example replayed
             * @enum {string}
             */
            status: "simulated" | "replayed" | "live" | "delayed" | "end-of-day" | "stale" | "closed" | "waiting" | "failed" | "idle";
            /** @example SPY */
            symbol: string;
        };
        /** @description A dot below a bar: the corporate actions that took effect in it. */
        TimescaleMark: {
            /**
             * @example blue
             * @enum {string}
             */
            color: "red" | "green" | "blue" | "yellow";
            /** @example AAPL:2014-06-09 */
            id: string;
            /**
             * @description `S` for a split, `D` for a dividend.
             * @example S
             */
            label: string;
            /**
             * @default circle
             * @constant
             */
            shape?: "circle";
            /**
             * @description Seconds UTC; exactly the time of a bar.
             * @example 1402272000
             */
            time: number;
            /**
             * @description One line each, plain text.
             * @example [
             *       "2014-06-09",
             *       "Split 7 for 1"
             *     ]
             */
            tooltip: string[];
        };
        /** @description One trade as time and sales show it. */
        TradeData: {
            /** @example 61686 */
            price: number;
            /**
             * @description When it came in, where that is another time than `time`.
             * @example 1380893400000
             */
            received_time?: number;
            /**
             * @description Who took what was offered, where the feed says so.
             * @enum {string}
             */
            side?: "buy" | "sell";
            /** @example 0.012 */
            size: number;
            /** @example BTCUSDT */
            symbol: string;
            /**
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            time: number;
        };
        /** @description What the broker needs to know of an instrument. */
        TradingRules: {
            /** @example USD */
            currency: string;
            /**
             * @description Share of the notional that is blocked, 1 = all of it.
             * @example 1
             */
            marginRate: number;
            /**
             * @description Equal to the tick size except for forex.
             * @example 0.01
             */
            pipSize: number;
            /**
             * @description Money per unit of quantity when the price moves by 1.
             * @example 1
             */
            pointValue: number;
            /**
             * @description Whether trades are published; where not, stops look at the bid and the ask.
             * @default true
             */
            prints?: boolean;
            qty: components["schemas"]["QuantityRules"];
            /** @description Why it cannot be traded. */
            reason?: string;
            /**
             * @description Step of every price; minmov / pricescale.
             * @example 0.01
             */
            tickSize: number;
            tradable: boolean;
        };
        /** @description Bars as columns of equal length, ascending; `t` in seconds, `v` absent where there is no volume. */
        UdfBars: {
            /**
             * @example [
             *       168.12,
             *       168.2
             *     ]
             */
            c: number[];
            /**
             * @example [
             *       168.2,
             *       168.25
             *     ]
             */
            h: number[];
            /**
             * @example [
             *       168.05,
             *       168.1
             *     ]
             */
            l: number[];
            /**
             * @example [
             *       168.1,
             *       168.12
             *     ]
             */
            o: number[];
            /** @constant */
            s: "ok";
            /**
             * @example [
             *       1380893400,
             *       1380893460
             *     ]
             */
            t: number[];
            /**
             * @example [
             *       152300,
             *       98000
             *     ]
             */
            v?: number[];
        };
        /** @description What the datafeed can do, and that symbols are searched here and resolved one by one. */
        UdfConfiguration: {
            exchanges: components["schemas"]["NamedValue"][];
            /**
             * @example [
             *       "1",
             *       "5",
             *       "15",
             *       "60",
             *       "1D"
             *     ]
             */
            supported_resolutions: string[];
            /** @constant */
            supports_group_request: false;
            /** @example false */
            supports_marks: boolean;
            /** @constant */
            supports_search: true;
            supports_time: boolean;
            /** @example false */
            supports_timescale_marks: boolean;
            symbols_types: components["schemas"]["NamedValue"][];
        };
        /** @description What is answered instead of anything that cannot be. */
        UdfError: {
            /** @example There is no symbol 'NOPE'. */
            errmsg: string;
            /** @constant */
            s: "error";
        };
        /** @description Marks as columns; times in seconds. */
        UdfMarks: {
            /**
             * @example [
             *       "green"
             *     ]
             */
            color: string[];
            /**
             * @example [
             *       "X3"
             *     ]
             */
            id: string[];
            /**
             * @example [
             *       "B"
             *     ]
             */
            label: string[];
            /**
             * @example [
             *       "#ffffff"
             *     ]
             */
            labelFontColor: string[];
            /**
             * @example [
             *       14
             *     ]
             */
            minSize: number[];
            /**
             * @example [
             *       "Bought 100 SPY at 168.12"
             *     ]
             */
            text: string[];
            /**
             * @example [
             *       1380893400
             *     ]
             */
            time: number[];
        };
        /** @description No bar in the range; `nextTime` is that of the closest one before it, in ms, absent without one. */
        UdfNoData: {
            /** @example 1380830340000 */
            nextTime?: number;
            /** @constant */
            s: "no_data";
        };
        /** @description One quote for each of the symbols. */
        UdfQuotes: {
            d: components["schemas"]["QuoteData"][];
            /** @constant */
            s: "ok";
        };
        /** @description One hit of a symbol search. */
        UdfSearchResult: {
            /** @example SPDR S&P 500 ETF Trust */
            description: string;
            /** @example ARCA */
            exchange: string;
            /** @example ARCA:SPY */
            full_name: string;
            /** @example SPY */
            symbol: string;
            /** @example SPY */
            ticker: string;
            /**
             * @example fund
             * @enum {string}
             */
            type: "stock" | "fund" | "index" | "forex" | "futures" | "crypto" | "bond";
        };
        /**
         * @description Everything about a symbol.
         *
         *     What older clients spell otherwise is sent in both spellings: `exchange-traded`, `exchange-listed`,
         *     `minmovement`, `minmovement2`, `session-regular` and the names above with hyphens.
         */
        UdfSymbol: {
            /** @example 0930-1300:20131129 */
            corrections?: string;
            /** @example USD */
            currency_code: string;
            /**
             * @example [
             *       "1"
             *     ]
             */
            daily_multipliers: string[];
            /** @example replayed */
            data_kind: string;
            /** @example streaming */
            data_status: string;
            /** @example 0 */
            delay: number;
            /** @example SPDR S&P 500 ETF Trust */
            description: string;
            /** @example ARCA */
            exchange: string;
            /** @example price */
            format: string;
            /** @example false */
            fractional: boolean;
            /** @example ARCA:SPY */
            full_name: string;
            has_daily: boolean;
            /** @constant */
            has_empty_bars: false;
            has_intraday: boolean;
            has_seconds: boolean;
            has_weekly_and_monthly: boolean;
            /**
             * @example [
             *       "1",
             *       "60"
             *     ]
             */
            intraday_multipliers: string[];
            /** @example ARCA */
            listed_exchange: string;
            /** @example 1 */
            minmov: number;
            /** @example 0 */
            minmove2: number;
            /**
             * @example [
             *       "1",
             *       "3"
             *     ]
             */
            monthly_multipliers: string[];
            /** @example SPY */
            name: string;
            /** @example 100 */
            pricescale: number;
            /**
             * @example [
             *       "1",
             *       "15"
             *     ]
             */
            seconds_multipliers: string[];
            /** @example 0930-1600 */
            session: string;
            /** @example 20131225 */
            session_holidays?: string;
            /**
             * @example [
             *       "1",
             *       "60",
             *       "1D"
             *     ]
             */
            supported_resolutions: string[];
            /**
             * @description Unique id, used in all requests.
             * @example SPY
             */
            ticker: string;
            /** @example America/New_York */
            timezone: string;
            /** @example fund */
            type: string;
            /** @example ohlcv */
            visible_plots_set: string;
            /** @example 0 */
            volume_precision: number;
            /**
             * @example [
             *       "1"
             *     ]
             */
            weekly_multipliers: string[];
        };
        /** @description All symbols of an exchange as columns, named as in `UdfSymbol`, most of them with hyphens. */
        UdfSymbolTable: {
            /**
             * @example [
             *       "SPY"
             *     ]
             */
            symbol: string[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    bars: {
        parameters: {
            query: {
                /**
                 * @description Default: `adjustment` of the symbol.
                 * @example split
                 */
                adjustment?: ("raw" | "split" | "total") | null;
                /**
                 * @description Outranks from_time.
                 * @example 0
                 */
                count_back?: number;
                /**
                 * @description Needed unless count_back is given.
                 * @example 1380892800
                 */
                from_time?: number | null;
                /** @example 1 */
                resolution: string;
                /**
                 * @description Name, ticker or EXCHANGE:NAME.
                 * @example SPY
                 */
                symbol: string;
                /**
                 * @description Seconds since 1970-01-01 UTC.
                 * @example 1380893460
                 */
                to_time: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "bars": [
                     *         {
                     *           "close": 168.12,
                     *           "high": 168.2,
                     *           "low": 168.05,
                     *           "open": 168.1,
                     *           "time": 1380893400000,
                     *           "volume": 152300
                     *         }
                     *       ],
                     *       "nextTime": 1380893400000,
                     *       "noData": false
                     *     }
                     */
                    "application/json": components["schemas"]["BarsPage"];
                };
            };
            /** @description Codes: `host-not-allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `symbol-unknown` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `resolution-unsupported`, `time-range-invalid`, `validation-failed` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `internal-error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    config: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exchanges": [
                     *         {
                     *           "desc": "NYSE Arca",
                     *           "name": "NYSE Arca",
                     *           "value": "ARCA"
                     *         }
                     *       ],
                     *       "supported_resolutions": [
                     *         "1",
                     *         "5",
                     *         "15",
                     *         "60",
                     *         "1D"
                     *       ],
                     *       "supports_marks": false,
                     *       "supports_time": true,
                     *       "supports_timescale_marks": false,
                     *       "symbols_types": [
                     *         {
                     *           "desc": "NYSE Arca",
                     *           "name": "NYSE Arca",
                     *           "value": "ARCA"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["DatafeedConfiguration"];
                };
            };
            /** @description Codes: `host-not-allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `internal-error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    depth: {
        parameters: {
            query: {
                /** @example 10 */
                levels?: number;
                /**
                 * @description Name, ticker or EXCHANGE:NAME.
                 * @example SPY
                 */
                symbol: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asks": [
                     *         {
                     *           "price": 168.12,
                     *           "volume": 500
                     *         },
                     *         {
                     *           "price": 168.13,
                     *           "volume": 1200
                     *         }
                     *       ],
                     *       "bids": [
                     *         {
                     *           "price": 168.1,
                     *           "volume": 900
                     *         },
                     *         {
                     *           "price": 168.11,
                     *           "volume": 300
                     *         }
                     *       ],
                     *       "symbol": "SPY",
                     *       "time": 1380893400000
                     *     }
                     */
                    "application/json": components["schemas"]["Depth"];
                };
            };
            /** @description Codes: `host-not-allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `symbol-unknown` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `validation-failed` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `internal-error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    marks: {
        parameters: {
            query: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string | null;
                /**
                 * @description Seconds since 1970-01-01 UTC.
                 * @example 1380893460
                 */
                from_time: number;
                /** @example 1 */
                resolution: string;
                /**
                 * @description Name, ticker or EXCHANGE:NAME.
                 * @example SPY
                 */
                symbol: string;
                /**
                 * @description Seconds since 1970-01-01 UTC.
                 * @example 1380893460
                 */
                to_time: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "color": "green",
                     *         "id": "X3",
                     *         "label": "B",
                     *         "labelFontColor": "#ffffff",
                     *         "minSize": 14,
                     *         "text": "Bought 100 SPY at 168.12<br>2013-10-04 09:30:12",
                     *         "time": 1380893400
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Mark"][];
                };
            };
            /** @description Codes: `host-not-allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `account-unknown`, `symbol-unknown` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `resolution-unsupported`, `time-range-invalid`, `validation-failed` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `internal-error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    quotes: {
        parameters: {
            query: {
                /**
                 * @description Each one name, or several with commas.
                 * @example [
                 *       "SPY",
                 *       "IBM"
                 *     ]
                 */
                symbols: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "n": "SPY",
                     *         "s": "ok",
                     *         "v": {
                     *           "ask": 168.12,
                     *           "ask_size": 500,
                     *           "bid": 168.11,
                     *           "bid_size": 300,
                     *           "ch": 0.5,
                     *           "chp": 0.3,
                     *           "data_kind": "replayed",
                     *           "description": "SPDR S&P 500 ETF Trust",
                     *           "exchange": "ARCA",
                     *           "high_price": 168.2,
                     *           "low_price": 168.05,
                     *           "lp": 168.12,
                     *           "market_status": "open",
                     *           "open_price": 168.1,
                     *           "original_name": "ARCA:SPY",
                     *           "prev_close_price": 167.62,
                     *           "received_time": 1380893400000,
                     *           "short_name": "SPY",
                     *           "spread": 0.01,
                     *           "stale": true,
                     *           "time": 1380893400000,
                     *           "volume": 152300
                     *         }
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["QuoteData"][];
                };
            };
            /** @description Codes: `host-not-allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `validation-failed` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `internal-error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "end": 1381521600000,
                     *       "finished": false,
                     *       "loop": false,
                     *       "playing": true,
                     *       "speed": 60,
                     *       "start": 1380893400000,
                     *       "symbols": [
                     *         "SPY",
                     *         "IBM"
                     *       ],
                     *       "time": 1380893400000
                     *     }
                     */
                    "application/json": components["schemas"]["ReplayState"];
                };
            };
            /** @description Codes: `host-not-allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `replay-unavailable` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `internal-error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_replay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "loop": true,
                 *       "playing": true,
                 *       "speed": 60,
                 *       "step": "1",
                 *       "symbols": [
                 *         "SPY"
                 *       ],
                 *       "time": 1380893400000
                 *     }
                 */
                "application/json": components["schemas"]["ReplayControl"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "end": 1381521600000,
                     *       "finished": false,
                     *       "loop": false,
                     *       "playing": true,
                     *       "speed": 60,
                     *       "start": 1380893400000,
                     *       "symbols": [
                     *         "SPY",
                     *         "IBM"
                     *       ],
                     *       "time": 1380893400000
                     *     }
                     */
                    "application/json": components["schemas"]["ReplayState"];
                };
            };
            /** @description Codes: `json-invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `host-not-allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `replay-unavailable`, `symbol-unknown` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `body-too-large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `resolution-unsupported`, `validation-failed` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `internal-error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    control_replay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "loop": true,
                 *       "playing": true,
                 *       "speed": 60,
                 *       "step": "1",
                 *       "symbols": [
                 *         "SPY"
                 *       ],
                 *       "time": 1380893400000
                 *     }
                 */
                "application/json": components["schemas"]["ReplayControl"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "end": 1381521600000,
                     *       "finished": false,
                     *       "loop": false,
                     *       "playing": true,
                     *       "speed": 60,
                     *       "start": 1380893400000,
                     *       "symbols": [
                     *         "SPY",
                     *         "IBM"
                     *       ],
                     *       "time": 1380893400000
                     *     }
                     */
                    "application/json": components["schemas"]["ReplayState"];
                };
            };
            /** @description Codes: `json-invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `host-not-allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `replay-unavailable`, `symbol-unknown` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `body-too-large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `resolution-unsupported`, `validation-failed` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `internal-error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resolve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Name, ticker or EXCHANGE:NAME.
                 * @example SPY
                 */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "adjustment": "raw",
                     *       "currency_code": "USD",
                     *       "data_kind": "replayed",
                     *       "data_status": "streaming",
                     *       "delay": 0,
                     *       "description": "SPDR S&P 500 ETF Trust",
                     *       "exchange": "ARCA",
                     *       "format": "price",
                     *       "fractional": true,
                     *       "has_daily": true,
                     *       "has_intraday": true,
                     *       "has_seconds": false,
                     *       "has_weekly_and_monthly": false,
                     *       "listed_exchange": "ARCA",
                     *       "minmov": 1,
                     *       "name": "SPY",
                     *       "pricescale": 100,
                     *       "session": "0930-1600",
                     *       "supported_resolutions": [
                     *         "1",
                     *         "5",
                     *         "15",
                     *         "60",
                     *         "1D"
                     *       ],
                     *       "ticker": "SPY",
                     *       "timezone": "America/New_York",
                     *       "trading": {
                     *         "currency": "USD",
                     *         "marginRate": 1,
                     *         "pipSize": 0.01,
                     *         "pointValue": 1,
                     *         "prints": true,
                     *         "qty": {
                     *           "default": 100,
                     *           "max": 1000000,
                     *           "min": 1,
                     *           "step": 1
                     *         },
                     *         "tickSize": 0.01,
                     *         "tradable": true
                     *       },
                     *       "type": "fund",
                     *       "visible_plots_set": "ohlcv",
                     *       "volume_precision": 0
                     *     }
                     */
                    "application/json": components["schemas"]["SymbolInfo"];
                };
            };
            /** @description Codes: `host-not-allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `symbol-unknown` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `validation-failed` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `internal-error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search: {
        parameters: {
            query?: {
                /** @example  */
                exchange?: string;
                /** @example 30 */
                max_results?: number;
                /** @example  */
                symbol_type?: string;
                /** @example  */
                user_input?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "description": "SPDR S&P 500 ETF Trust",
                     *         "exchange": "ARCA",
                     *         "symbol": "SPY",
                     *         "ticker": "SPY",
                     *         "type": "fund"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["SearchResult"][];
                };
            };
            /** @description Codes: `host-not-allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `validation-failed` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `internal-error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "calendars": "4.13.2",
                     *       "kind": "replayed",
                     *       "provider": "replay",
                     *       "symbols": [
                     *         {
                     *           "lastEventTime": 1380893400000,
                     *           "lastReceiptTime": 1380893400000,
                     *           "staleAfterMs": 30000,
                     *           "status": "replayed",
                     *           "symbol": "SPY"
                     *         }
                     *       ],
                     *       "time": 1380893400000,
                     *       "timeZones": "2026.6",
                     *       "untold": 0
                     *     }
                     */
                    "application/json": components["schemas"]["FeedStatus"];
                };
            };
            /** @description Codes: `host-not-allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `internal-error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    time: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example 1380893400 */
                    "application/json": number;
                };
            };
            /** @description Codes: `host-not-allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `internal-error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    timescale_marks: {
        parameters: {
            query: {
                /**
                 * @description Seconds since 1970-01-01 UTC.
                 * @example 1380893460
                 */
                from_time: number;
                /** @example 1 */
                resolution: string;
                /**
                 * @description Name, ticker or EXCHANGE:NAME.
                 * @example SPY
                 */
                symbol: string;
                /**
                 * @description Seconds since 1970-01-01 UTC.
                 * @example 1380893460
                 */
                to_time: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "color": "blue",
                     *         "id": "AAPL:2014-06-09",
                     *         "label": "S",
                     *         "shape": "circle",
                     *         "time": 1402272000,
                     *         "tooltip": [
                     *           "2014-06-09",
                     *           "Split 7 for 1"
                     *         ]
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["TimescaleMark"][];
                };
            };
            /** @description Codes: `host-not-allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `symbol-unknown` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `resolution-unsupported`, `time-range-invalid`, `validation-failed` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `internal-error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    trades: {
        parameters: {
            query: {
                /** @example 100 */
                limit?: number;
                /**
                 * @description Name, ticker or EXCHANGE:NAME.
                 * @example SPY
                 */
                symbol: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "price": 61686,
                     *         "received_time": 1380893400000,
                     *         "side": "buy",
                     *         "size": 0.012,
                     *         "symbol": "BTCUSDT",
                     *         "time": 1380893400000
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["TradeData"][];
                };
            };
            /** @description Codes: `host-not-allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `symbol-unknown` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `validation-failed` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `internal-error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    udf_config: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Codes: `host-not-allowed` */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exchanges": [
                     *         {
                     *           "desc": "NYSE Arca",
                     *           "name": "NYSE Arca",
                     *           "value": "ARCA"
                     *         }
                     *       ],
                     *       "supported_resolutions": [
                     *         "1",
                     *         "5",
                     *         "15",
                     *         "60",
                     *         "1D"
                     *       ],
                     *       "supports_group_request": false,
                     *       "supports_marks": false,
                     *       "supports_search": true,
                     *       "supports_time": true,
                     *       "supports_timescale_marks": false,
                     *       "symbols_types": [
                     *         {
                     *           "desc": "NYSE Arca",
                     *           "name": "NYSE Arca",
                     *           "value": "ARCA"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["UdfConfiguration"] | components["schemas"]["UdfError"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UdfError"];
                };
            };
        };
    };
    udf_history: {
        parameters: {
            query: {
                /**
                 * @description Outranks `from`.
                 * @example 0
                 */
                countback?: number;
                /**
                 * @description That of the symbol: nothing is converted.
                 * @example USD
                 */
                currencyCode?: string | null;
                /**
                 * @description Seconds UTC; a chart may ask for times before 1970.
                 * @example 1380892800
                 */
                from?: number | null;
                /** @example 60 */
                resolution: string;
                /**
                 * @description Name, ticker or EXCHANGE:NAME.
                 * @example SPY
                 */
                symbol: string;
                /**
                 * @description Seconds UTC, exclusive.
                 * @example 1380916200
                 */
                to: number;
                /**
                 * @description Empty: there are no units.
                 * @example
                 */
                unitId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Codes: `host-not-allowed` */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "c": [
                     *         168.12,
                     *         168.2
                     *       ],
                     *       "h": [
                     *         168.2,
                     *         168.25
                     *       ],
                     *       "l": [
                     *         168.05,
                     *         168.1
                     *       ],
                     *       "o": [
                     *         168.1,
                     *         168.12
                     *       ],
                     *       "s": "ok",
                     *       "t": [
                     *         1380893400,
                     *         1380893460
                     *       ],
                     *       "v": [
                     *         152300,
                     *         98000
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["UdfBars"] | components["schemas"]["UdfNoData"] | components["schemas"]["UdfError"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UdfError"];
                };
            };
        };
    };
    udf_marks: {
        parameters: {
            query: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string | null;
                /**
                 * @description Seconds UTC; a chart may ask for times before 1970.
                 * @example 1380892800
                 */
                from: number;
                /** @example 60 */
                resolution: string;
                /**
                 * @description Name, ticker or EXCHANGE:NAME.
                 * @example SPY
                 */
                symbol: string;
                /**
                 * @description Seconds UTC, exclusive.
                 * @example 1380916200
                 */
                to: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Codes: `host-not-allowed` */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "color": [
                     *         "green"
                     *       ],
                     *       "id": [
                     *         "X3"
                     *       ],
                     *       "label": [
                     *         "B"
                     *       ],
                     *       "labelFontColor": [
                     *         "#ffffff"
                     *       ],
                     *       "minSize": [
                     *         14
                     *       ],
                     *       "text": [
                     *         "Bought 100 SPY at 168.12"
                     *       ],
                     *       "time": [
                     *         1380893400
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["UdfMarks"] | components["schemas"]["UdfError"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UdfError"];
                };
            };
        };
    };
    udf_quotes: {
        parameters: {
            query?: {
                /**
                 * @description Names with commas.
                 * @example SPY,IBM
                 */
                symbols?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Codes: `host-not-allowed` */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "d": [
                     *         {
                     *           "n": "SPY",
                     *           "s": "ok",
                     *           "v": {
                     *             "ask": 168.12,
                     *             "ask_size": 500,
                     *             "bid": 168.11,
                     *             "bid_size": 300,
                     *             "ch": 0.5,
                     *             "chp": 0.3,
                     *             "data_kind": "replayed",
                     *             "description": "SPDR S&P 500 ETF Trust",
                     *             "exchange": "ARCA",
                     *             "high_price": 168.2,
                     *             "low_price": 168.05,
                     *             "lp": 168.12,
                     *             "market_status": "open",
                     *             "open_price": 168.1,
                     *             "original_name": "ARCA:SPY",
                     *             "prev_close_price": 167.62,
                     *             "received_time": 1380893400000,
                     *             "short_name": "SPY",
                     *             "spread": 0.01,
                     *             "stale": true,
                     *             "time": 1380893400000,
                     *             "volume": 152300
                     *           }
                     *         }
                     *       ],
                     *       "s": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["UdfQuotes"] | components["schemas"]["UdfError"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UdfError"];
                };
            };
        };
    };
    udf_search: {
        parameters: {
            query?: {
                /** @example  */
                exchange?: string;
                /** @example 30 */
                limit?: number;
                /** @example  */
                query?: string;
                /** @example  */
                type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Codes: `host-not-allowed` */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "description": "SPDR S&P 500 ETF Trust",
                     *         "exchange": "ARCA",
                     *         "full_name": "ARCA:SPY",
                     *         "symbol": "SPY",
                     *         "ticker": "SPY",
                     *         "type": "fund"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["UdfSearchResult"][] | components["schemas"]["UdfError"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UdfError"];
                };
            };
        };
    };
    udf_symbol_info: {
        parameters: {
            query: {
                /** @example ARCA */
                group: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Codes: `host-not-allowed` */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "symbol": [
                     *         "SPY"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["UdfSymbolTable"] | components["schemas"]["UdfError"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UdfError"];
                };
            };
        };
    };
    udf_symbols: {
        parameters: {
            query: {
                /**
                 * @description That of the symbol: nothing is converted.
                 * @example USD
                 */
                currencyCode?: string | null;
                /**
                 * @description Name, ticker or EXCHANGE:NAME.
                 * @example SPY
                 */
                symbol: string;
                /**
                 * @description Empty: there are no units.
                 * @example
                 */
                unitId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Codes: `host-not-allowed` */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "corrections": "0930-1300:20131129",
                     *       "currency_code": "USD",
                     *       "daily_multipliers": [
                     *         "1"
                     *       ],
                     *       "data_kind": "replayed",
                     *       "data_status": "streaming",
                     *       "delay": 0,
                     *       "description": "SPDR S&P 500 ETF Trust",
                     *       "exchange": "ARCA",
                     *       "format": "price",
                     *       "fractional": false,
                     *       "full_name": "ARCA:SPY",
                     *       "has_daily": true,
                     *       "has_empty_bars": false,
                     *       "has_intraday": true,
                     *       "has_seconds": true,
                     *       "has_weekly_and_monthly": true,
                     *       "intraday_multipliers": [
                     *         "1",
                     *         "60"
                     *       ],
                     *       "listed_exchange": "ARCA",
                     *       "minmov": 1,
                     *       "minmove2": 0,
                     *       "monthly_multipliers": [
                     *         "1",
                     *         "3"
                     *       ],
                     *       "name": "SPY",
                     *       "pricescale": 100,
                     *       "seconds_multipliers": [
                     *         "1",
                     *         "15"
                     *       ],
                     *       "session": "0930-1600",
                     *       "session_holidays": "20131225",
                     *       "supported_resolutions": [
                     *         "1",
                     *         "60",
                     *         "1D"
                     *       ],
                     *       "ticker": "SPY",
                     *       "timezone": "America/New_York",
                     *       "type": "fund",
                     *       "visible_plots_set": "ohlcv",
                     *       "volume_precision": 0,
                     *       "weekly_multipliers": [
                     *         "1"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["UdfSymbol"] | components["schemas"]["UdfError"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UdfError"];
                };
            };
        };
    };
    udf_time: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Codes: `host-not-allowed` */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example 1380893400 */
                    "application/json": number | components["schemas"]["UdfError"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UdfError"];
                };
            };
        };
    };
    udf_timescale_marks: {
        parameters: {
            query: {
                /**
                 * @description Seconds UTC; a chart may ask for times before 1970.
                 * @example 1380892800
                 */
                from: number;
                /** @example 60 */
                resolution: string;
                /**
                 * @description Name, ticker or EXCHANGE:NAME.
                 * @example SPY
                 */
                symbol: string;
                /**
                 * @description Seconds UTC, exclusive.
                 * @example 1380916200
                 */
                to: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Codes: `host-not-allowed` */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "color": "blue",
                     *         "id": "AAPL:2014-06-09",
                     *         "label": "S",
                     *         "shape": "circle",
                     *         "time": 1402272000,
                     *         "tooltip": [
                     *           "2014-06-09",
                     *           "Split 7 for 1"
                     *         ]
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["TimescaleMark"][] | components["schemas"]["UdfError"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UdfError"];
                };
            };
        };
    };
}
