// Made from the OpenAPI file of the module "datafeed" by "npm run generate"; never edited.
export interface paths {
    "/bars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Bars
         * @description Bars in [from_time, to_time), and at least `count_back` before `to_time`; none of the future.
         */
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
        /**
         * Config
         * @description What the datafeed can do.
         */
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
        /**
         * Depth
         * @description The book now, as many levels as the feed has.
         */
        get: operations["depth"];
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
        /**
         * Quotes
         * @description One quote for each of the symbols (with commas), in that order.
         */
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
        /**
         * Replay
         * @description Where the replay is and how it runs.
         */
        get: operations["replay"];
        /**
         * Change Replay
         * @description Pause or play, or change the speed.
         */
        put: operations["change_replay"];
        post?: never;
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
        /**
         * Resolve
         * @description Everything about one symbol.
         */
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
        /**
         * Search
         * @description Symbols whose name or description contains the input: exact, prefix, inside the name, description.
         */
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
        /**
         * Status
         * @description Where the data comes from and how fresh it is.
         */
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
        /**
         * Time
         * @description The market's time, whole seconds UTC.
         */
        get: operations["time"];
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
        /**
         * Bar
         * @description Open, high, low, close of one period; `time` is its start (daily: 00:00 UTC of the trading day).
         */
        Bar: {
            /** Close */
            close: number;
            /** High */
            high: number;
            /** Low */
            low: number;
            /** Open */
            open: number;
            /**
             * Time
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            time: number;
            /**
             * Volume
             * @description Absent where the feed reports none.
             */
            volume?: number;
        };
        /**
         * BarsPage
         * @description Answer to a request for bars: ascending, unique, all before `to_time`.
         */
        BarsPage: {
            /** Bars */
            bars: components["schemas"]["Bar"][];
            /**
             * Nexttime
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            nextTime?: number;
            /**
             * Nodata
             * @description True only when nothing older exists either.
             */
            noData: boolean;
        };
        /**
         * DatafeedConfiguration
         * @description What the datafeed can do.
         */
        DatafeedConfiguration: {
            /** Exchanges */
            exchanges: components["schemas"]["NamedValue"][];
            /** Supported Resolutions */
            supported_resolutions: string[];
            /** Supports Marks */
            supports_marks: boolean;
            /** Supports Time */
            supports_time: boolean;
            /** Supports Timescale Marks */
            supports_timescale_marks: boolean;
            /** Symbols Types */
            symbols_types: components["schemas"]["NamedValue"][];
        };
        /**
         * Depth
         * @description The book of one symbol at `time`; both sides ascending by price.
         */
        Depth: {
            /** Asks */
            asks: components["schemas"]["DepthLevel"][];
            /** Bids */
            bids: components["schemas"]["DepthLevel"][];
            /** Symbol */
            symbol: string;
            /**
             * Time
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            time: number;
        };
        /**
         * DepthLevel
         * @description One price level of the book.
         */
        DepthLevel: {
            /** Price */
            price: number;
            /** Volume */
            volume: number;
        };
        /**
         * FeedStatus
         * @description State of the market data as a whole.
         */
        FeedStatus: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "simulated" | "replayed" | "live";
            /**
             * Problem
             * @description Why no more data comes; absent while it does.
             */
            problem?: string;
            /** Provider */
            provider: string;
            /** Symbols */
            symbols: components["schemas"]["SymbolStatus"][];
            /**
             * Time
             * @description The market's time: that of every bar, quote, order and journal entry.
             * @example 1380893400000
             */
            time: number;
        };
        /**
         * FieldProblem
         * @description One thing wrong with one field.
         */
        FieldProblem: {
            /**
             * Code
             * @example quantity-step
             */
            code?: string;
            /**
             * Field
             * @description Path of the field on the wire.
             * @example qty
             */
            field: string;
            /**
             * Message
             * @example qty must be a multiple of 1
             */
            message: string;
            /**
             * Value
             * @description The offending value, as text if JSON cannot hold it.
             */
            value?: unknown;
        };
        /**
         * NamedValue
         * @description A choice of a filter; an empty value means all.
         */
        NamedValue: {
            /** Desc */
            desc?: string;
            /** Name */
            name: string;
            /** Value */
            value: string;
        };
        /**
         * Problem
         * @description Every error answer (RFC 9457, `application/problem+json`).
         */
        Problem: {
            /**
             * Code
             * @description Stable, kebab-case.
             * @example symbol-unknown
             */
            code: string;
            /**
             * Detail
             * @description One sentence for the user, naming the offending value.
             */
            detail: string;
            /** Fields */
            fields?: components["schemas"]["FieldProblem"][];
            /** Requestid */
            requestId: string;
            /** Retryable */
            retryable: boolean;
            /** Status */
            status: number;
            /** Title */
            title: string;
            /**
             * Type
             * @description A URI naming the kind of problem.
             * @example urn:trading-pro:symbol-unknown
             */
            type: string;
        };
        /**
         * QuantityRules
         * @description Which quantities an order may have.
         */
        QuantityRules: {
            /** Default */
            default: number;
            /** Max */
            max: number;
            /** Min */
            min: number;
            /** Step */
            step: number;
        };
        /**
         * QuoteData
         * @description The quote of one symbol; `n` is exactly the name that was asked for.
         */
        QuoteData: {
            /** N */
            n: string;
            /**
             * S
             * @enum {string}
             */
            s: "ok" | "error";
            v: components["schemas"]["QuoteValues"];
        };
        /**
         * QuoteValues
         * @description Prices of one symbol; a field the feed does not know is absent.
         */
        QuoteValues: {
            /** Ask */
            ask?: number;
            /** Ask Size */
            ask_size?: number;
            /** Bid */
            bid?: number;
            /** Bid Size */
            bid_size?: number;
            /**
             * Ch
             * @description Change since the previous close.
             */
            ch?: number;
            /**
             * Chp
             * @description The same in percent.
             */
            chp?: number;
            /**
             * Data Kind
             * @enum {string}
             */
            data_kind?: "simulated" | "replayed" | "live";
            /** Description */
            description?: string;
            /** Exchange */
            exchange?: string;
            /** High Price */
            high_price?: number;
            /** Low Price */
            low_price?: number;
            /**
             * Lp
             * @description Last price.
             */
            lp?: number;
            /**
             * Market Status
             * @enum {string}
             */
            market_status?: "open" | "closed";
            /** Open Price */
            open_price?: number;
            /** Original Name */
            original_name?: string;
            /** Prev Close Price */
            prev_close_price?: number;
            /** Short Name */
            short_name?: string;
            /** Spread */
            spread?: number;
            /**
             * Time
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            time?: number;
            /** Volume */
            volume?: number;
        };
        /**
         * ReplayControl
         * @description Change a replay; what is left out stays as it is.
         */
        ReplayControl: {
            /** Playing */
            playing?: boolean;
            /** Speed */
            speed?: number;
        };
        /**
         * ReplayState
         * @description Where a replay is and how it runs.
         */
        ReplayState: {
            /**
             * End
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            end: number;
            /** Finished */
            finished: boolean;
            /** Playing */
            playing: boolean;
            /**
             * Speed
             * @description Market seconds per second, 1 to 1000.
             */
            speed: number;
            /**
             * Start
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            start: number;
            /**
             * Time
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            time: number;
        };
        /**
         * SearchResult
         * @description One hit of a symbol search.
         */
        SearchResult: {
            /** Description */
            description: string;
            /** Exchange */
            exchange: string;
            /** Symbol */
            symbol: string;
            /** Ticker */
            ticker: string;
            /**
             * Type
             * @enum {string}
             */
            type: "stock" | "fund" | "index" | "forex" | "futures" | "crypto" | "bond";
        };
        /**
         * SymbolInfo
         * @description Everything about a symbol, as the chart libraries' symbol info, plus `trading`.
         */
        SymbolInfo: {
            /** Corrections */
            corrections?: string;
            /** Currency Code */
            currency_code: string;
            /**
             * Data Kind
             * @description Where its prices come from.
             * @enum {string}
             */
            data_kind: "simulated" | "replayed" | "live";
            /**
             * Data Status
             * @enum {string}
             */
            data_status: "streaming" | "endofday" | "delayed_streaming";
            /** Description */
            description: string;
            /** Exchange */
            exchange: string;
            /**
             * Format
             * @enum {string}
             */
            format: "price" | "volume";
            /** Fractional */
            fractional?: boolean;
            /** Has Daily */
            has_daily: boolean;
            /** Has Intraday */
            has_intraday: boolean;
            /** Listed Exchange */
            listed_exchange: string;
            /** Minmov */
            minmov: number;
            /** Minmove2 */
            minmove2?: number;
            /**
             * Name
             * @example SPY
             */
            name: string;
            /** Pricescale */
            pricescale: number;
            /**
             * Session
             * @description Session string in the exchange's time zone.
             * @example 0930-1600
             */
            session: string;
            /** Session Holidays */
            session_holidays?: string;
            /** Supported Resolutions */
            supported_resolutions: string[];
            /**
             * Ticker
             * @description Unique id, used in all requests.
             */
            ticker: string;
            /**
             * Timezone
             * @example America/New_York
             */
            timezone: string;
            trading: components["schemas"]["TradingRules"];
            /**
             * Type
             * @enum {string}
             */
            type: "stock" | "fund" | "index" | "forex" | "futures" | "crypto" | "bond";
            /**
             * Visible Plots Set
             * @enum {string}
             */
            visible_plots_set: "ohlcv" | "ohlc" | "c";
            /** Volume Precision */
            volume_precision: number;
        };
        /**
         * SymbolStatus
         * @description State of one symbol's feed.
         */
        SymbolStatus: {
            /**
             * Lasteventtime
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            lastEventTime?: number;
            /**
             * Status
             * @description `waiting`: the recording of this symbol starts later than the market's time.
             * @enum {string}
             */
            status: "simulated" | "replayed" | "live" | "closed" | "waiting";
            /** Symbol */
            symbol: string;
        };
        /**
         * TradingRules
         * @description What the broker needs to know of an instrument.
         */
        TradingRules: {
            /**
             * Currency
             * @example USD
             */
            currency: string;
            /**
             * Marginrate
             * @description Share of the notional that is blocked, 1 = all of it.
             */
            marginRate: number;
            /**
             * Pipsize
             * @description Equal to the tick size except for forex.
             */
            pipSize: number;
            /**
             * Pointvalue
             * @description Money per unit of quantity when the price moves by 1.
             */
            pointValue: number;
            qty: components["schemas"]["QuantityRules"];
            /**
             * Reason
             * @description Why it cannot be traded.
             */
            reason?: string;
            /**
             * Ticksize
             * @description Step of every price; minmov / pricescale.
             */
            tickSize: number;
            /** Tradable */
            tradable: boolean;
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
                /** @description Outranks from_time. */
                count_back?: number;
                /** @description Needed unless count_back is given. */
                from_time?: number | null;
                resolution: string;
                /** @description Name, ticker or EXCHANGE:NAME. */
                symbol: string;
                /** @description Seconds since 1970-01-01 UTC. */
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
                    "application/json": components["schemas"]["BarsPage"];
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
                    "application/json": components["schemas"]["DatafeedConfiguration"];
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
                levels?: number;
                /** @description Name, ticker or EXCHANGE:NAME. */
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
                    "application/json": components["schemas"]["Depth"];
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
                symbols: string;
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
                    "application/json": components["schemas"]["QuoteData"][];
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
                    "application/json": components["schemas"]["ReplayState"];
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
            /** @description Codes: `validation-failed` */
            422: {
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
            /** @description Codes: `replay-unavailable` */
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
            /** @description Codes: `validation-failed` */
            422: {
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
                /** @description Name, ticker or EXCHANGE:NAME. */
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
                    "application/json": components["schemas"]["SymbolInfo"];
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
                exchange?: string;
                max_results?: number;
                symbol_type?: string;
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
                    "application/json": components["schemas"]["SearchResult"][];
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
                    "application/json": components["schemas"]["FeedStatus"];
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
                    "application/json": number;
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
}
