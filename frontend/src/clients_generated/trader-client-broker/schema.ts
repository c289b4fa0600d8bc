// Made from the OpenAPI file of the module "broker" by "npm run generate"; never edited.

export interface paths {
    "/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An account, its terms and what it is worth */
        get: operations["get_account"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The equity curve: a point at every fill, and one a minute while positions are open */
        get: operations["account_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin the account anew: a new epoch of its journal, without orders, positions or history */
        post: operations["reset_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Trade on these terms from now on; what is absent becomes the default */
        put: operations["change_terms"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/trading-state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Allow everything, only closing, or no orders at all; on request cancel what works */
        put: operations["set_trading_state"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All accounts */
        get: operations["list_accounts"];
        put?: never;
        /** Open a paper account with its own money, terms and journal */
        post: operations["open_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The account's journal, raw and in order
         * @description With `Accept: text/event-stream` it goes on as Server-Sent Events. The id of an event is its epoch and
         *     offset; an id of another epoch begins with the first event of this one, for the account was reset.
         */
        get: operations["list_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/executions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Executions, newest first */
        get: operations["list_executions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leverage/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The leverage of a symbol, and what it may be */
        get: operations["leverage_info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leverage/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What another leverage would change; nothing is changed */
        post: operations["preview_leverage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leverage/set": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Trade a symbol with another leverage, which changes its margin at once */
        put: operations["set_leverage"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open orders, and those that became final in the present trading day */
        get: operations["list_orders"];
        put?: never;
        /**
         * Place an order: durable when answered
         * @description A refusal lists every failed check among its fields.
         */
        post: operations["place_order"];
        /** Cancel the open orders of a symbol or a side, or all; brackets go on protecting positions */
        delete: operations["cancel_orders"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One order */
        get: operations["get_order"];
        /** Change an open order, which keeps its id: durable when answered */
        put: operations["change_order"];
        post?: never;
        /** Cancel an open order: durable when answered */
        delete: operations["cancel_order"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{orderId}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why an order filled or did not: each decision with the market data that caused it */
        get: operations["explain_order"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Final orders, newest first */
        get: operations["orders_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an order would cost, and every reason for which it would be refused; nothing is placed */
        post: operations["preview_order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/positions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open positions */
        get: operations["list_positions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/positions/{positionId}/brackets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Protect a position by exactly these brackets; what is left out is canceled */
        put: operations["edit_position_brackets"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/positions/{positionId}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a position, or `amount` of it, by a market order: durable when answered */
        post: operations["close_position"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/positions/{positionId}/reverse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a position and open as much on the other side, by a market order: durable when answered */
        post: operations["reverse_position"];
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
        /** @description An account with its worth and the position of its journal. */
        AccountInfo: {
            /**
             * @description Paid since the opening.
             * @example 0
             */
            commissions?: number;
            /** @example USD */
            currency: string;
            /** @example $ */
            currencySign: string;
            /** @example 5fb6f146f57e2eeb */
            epoch: string;
            equity: components["schemas"]["EquityData"];
            /** @example DEMO */
            id: string;
            /**
             * @description Where none is set for the symbol.
             * @example 20
             */
            leverage?: number;
            /**
             * @description Whether the margin level is below the maintenance level.
             * @example false
             */
            marginWarned?: boolean;
            /** @example Demo account */
            name: string;
            /** @example 6 */
            offset: number;
            /** @example 100000 */
            openingBalance?: number;
            terms?: components["schemas"]["AccountTerms"];
            /** @example active */
            tradingState: components["schemas"]["TradingState"];
            /** @constant */
            type: "paper";
        };
        /** @description Name of an account. */
        AccountMetainfo: {
            /** @example USD */
            currency: string;
            /** @example $ */
            currencySign: string;
            /** @example DEMO */
            id: string;
            /** @example Demo account */
            name: string;
            /** @constant */
            type: "paper";
        };
        /** @description A paper account to open. */
        AccountOpening: {
            /**
             * @default USD
             * @example USD
             */
            currency?: string;
            /**
             * @description Default: one is made.
             * @example SWING
             */
            id?: string;
            /**
             * @default 20
             * @example 20
             */
            leverage?: number;
            /**
             * @description Default: its id.
             * @example Swing trading
             */
            name?: string;
            /**
             * @default 100000
             * @example 100000
             */
            openingBalance?: number;
            /** @description Default: all defaults. */
            terms?: components["schemas"]["ChosenTerms"];
        };
        /** @description How the account begins anew; what is absent is as it was at its opening. */
        AccountReset: {
            /** @example 20 */
            leverage?: number;
            /** @example 100000 */
            openingBalance?: number;
            /** @description Default: the present terms. */
            terms?: components["schemas"]["ChosenTerms"];
        };
        /** @description Everything that is chosen per account. */
        AccountTerms: {
            /**
             * @description Whether a stop that triggers at once is accepted.
             * @default false
             * @example false
             */
            allowImmediateStops?: boolean;
            /**
             * @description Whether market orders may fill at the quote of a symbol that is silent (`stale`).
             * @default false
             * @example false
             */
            allowStaleQuotes?: boolean;
            /**
             * @default {
             *       "kind": "none",
             *       "makerRate": 0,
             *       "minimum": 0,
             *       "rate": 0
             *     }
             */
            commission?: components["schemas"]["CommissionTerms"];
            /**
             * @description By how much the terms of a confirmed preview may move.
             * @default 10
             * @example 10
             */
            confirmToleranceBps?: number;
            /**
             * @default {
             *       "latencyMs": 0,
             *       "model": "top-of-book",
             *       "respectSize": false,
             *       "seed": 0,
             *       "slippageBps": 0,
             *       "slippageTicks": 0,
             *       "touchProbability": 1
             *     }
             */
            fills?: components["schemas"]["FillTerms"];
            /**
             * @description Basis points of the notional that a guaranteed stop costs when it fills.
             * @default 0
             * @example 0
             */
            guaranteedStopPremiumBps?: number;
            /**
             * @default netting
             * @example netting
             */
            positionMode?: components["schemas"]["PositionMode"];
            /**
             * @default {
             *       "liquidationLevel": 0.5,
             *       "maintenanceLevel": 1
             *     }
             */
            risk?: components["schemas"]["RiskTerms"];
        };
        /**
         * @description How an order's position is to be protected: the whole set, so what is left out is not there.
         *
         *     At most one of the three stops.
         */
        BracketTerms: {
            /**
             * @description A price that holds through gaps, for a premium.
             * @example 165
             */
            guaranteedStop?: number;
            /**
             * @description A price.
             * @example 166.2
             */
            stopLoss?: number;
            /**
             * @description A price.
             * @example 171.5
             */
            takeProfit?: number;
            /**
             * @description Distance from the best price, in pips.
             * @example 150
             */
            trailingStopPips?: number;
        };
        /** @description What canceling one of many orders came to. */
        CanceledInBatch: {
            /** @example order-final */
            code?: string;
            /** @example The order O2 is filled. */
            detail?: string;
            order?: components["schemas"]["PlacedOrder"];
            /** @example O2 */
            orderId: string;
            /**
             * @description As if it were the only one: 200, or that of `code`.
             * @example 200
             */
            status: number;
        };
        /** @description One result for each open order that was meant, oldest first. */
        CancelOrdersResult: {
            results: components["schemas"]["CanceledInBatch"][];
        };
        /** @description What executions are to cost. */
        ChosenCommissionTerms: {
            /**
             * @default none
             * @example none
             */
            kind?: components["schemas"]["CommissionKind"];
            /**
             * @description The maker's, in basis points; below zero it is paid to the account.
             * @default 0
             * @example 0
             */
            makerRate?: number;
            /**
             * @description Per order.
             * @default 0
             * @example 0
             */
            minimum?: number;
            /**
             * @description Money per order or per share, or basis points of the notional; the taker's.
             * @default 0
             * @example 0
             */
            rate?: number;
        };
        /** @description How orders are to meet the market. */
        ChosenFillTerms: {
            /**
             * @description Between acceptance and being in the market.
             * @default 0
             * @example 0
             */
            latencyMs?: number;
            /**
             * @description While a symbol has shown neither a book nor a bar, orders fill on its quotes: by `depth` as one level with its size, by `bars` as by `top-of-book`.
             * @default top-of-book
             * @example top-of-book
             */
            model?: components["schemas"]["FillModelKind"];
            /**
             * @description No more than the displayed size fills on one quote.
             * @default false
             * @example false
             */
            respectSize?: boolean;
            /**
             * @description Of what is drawn by chance.
             * @default 0
             * @example 0
             */
            seed?: number;
            /**
             * @default 0
             * @example 0
             */
            slippageBps?: number;
            /**
             * @default 0
             * @example 0
             */
            slippageTicks?: number;
            /**
             * @description Chance that a limit fills when the price only touches it.
             * @default 1
             * @example 1
             */
            touchProbability?: number;
        };
        /** @description Limits that the account is to have. */
        ChosenRiskTerms: {
            /**
             * @description Margin level below which positions are closed.
             * @default 0.5
             * @example 0.5
             */
            liquidationLevel?: number;
            /**
             * @description Margin level below which the account is warned.
             * @default 1
             * @example 1
             */
            maintenanceLevel?: number;
            /** @example 250000 */
            maxOrderNotional?: number;
            /** @example 50 */
            maxOrdersPerSecond?: number;
            /** @example 1000000 */
            maxPositionNotional?: number;
        };
        /** @description The terms that an account is to have; what is absent is the default. */
        ChosenTerms: {
            /**
             * @description Whether a stop that triggers at once is accepted.
             * @default false
             * @example false
             */
            allowImmediateStops?: boolean;
            /**
             * @description Whether market orders may fill at the quote of a symbol that is silent (`stale`).
             * @default false
             * @example false
             */
            allowStaleQuotes?: boolean;
            /**
             * @default {
             *       "kind": "none",
             *       "makerRate": 0,
             *       "minimum": 0,
             *       "rate": 0
             *     }
             */
            commission?: components["schemas"]["ChosenCommissionTerms"];
            /**
             * @description By how much the terms of a confirmed preview may move.
             * @default 10
             * @example 10
             */
            confirmToleranceBps?: number;
            /**
             * @default {
             *       "latencyMs": 0,
             *       "model": "top-of-book",
             *       "respectSize": false,
             *       "seed": 0,
             *       "slippageBps": 0,
             *       "slippageTicks": 0,
             *       "touchProbability": 1
             *     }
             */
            fills?: components["schemas"]["ChosenFillTerms"];
            /**
             * @description Basis points of the notional that a guaranteed stop costs when it fills.
             * @default 0
             * @example 0
             */
            guaranteedStopPremiumBps?: number;
            /**
             * @default netting
             * @example netting
             */
            positionMode?: components["schemas"]["PositionMode"];
            /**
             * @default {
             *       "liquidationLevel": 0.5,
             *       "maintenanceLevel": 1
             *     }
             */
            risk?: components["schemas"]["ChosenRiskTerms"];
        };
        /**
         * @description How commission is reckoned.
         * @enum {string}
         */
        CommissionKind: "none" | "per-order" | "per-share" | "basis-points" | "maker-taker";
        /** @description What executions cost, in the account's currency. */
        CommissionTerms: {
            /**
             * @default none
             * @example none
             */
            kind?: components["schemas"]["CommissionKind"];
            /**
             * @description The maker's, in basis points; below zero it is paid to the account.
             * @default 0
             * @example 0
             */
            makerRate?: number;
            /**
             * @description Per order.
             * @default 0
             * @example 0
             */
            minimum?: number;
            /**
             * @description Money per order or per share, or basis points of the notional; the taker's.
             * @default 0
             * @example 0
             */
            rate?: number;
        };
        /**
         * @description How long an order works.
         *
         *     Until the session's end, until it is canceled, until a date; what fills at once, or all at once.
         * @enum {string}
         */
        DurationType: "day" | "gtc" | "gtd" | "ioc" | "fok";
        /** @description What an account is worth at the market's time `time`. */
        EquityData: {
            /** @example 100000 */
            balance: number;
            /** @example 99999 */
            equity: number;
            /**
             * @description Equity less margin used and less what open orders reserve.
             * @example 83188
             */
            marginAvailable: number;
            /**
             * @description Equity divided by margin used; absent without positions.
             * @example 5.95
             */
            marginLevel?: number;
            /**
             * @description What open orders may block at worst on top of it.
             * @example 0
             */
            marginReserved?: number;
            /** @example 16811 */
            marginUsed: number;
            positions: components["schemas"]["PositionProfit"][];
            /** @example 0 */
            realizedPL: number;
            /**
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            time: number;
            /** @example -1 */
            unrealizedPL: number;
        };
        /** @description Points of the equity curve, oldest first: one at every fill, and one a minute with open positions. */
        EquityHistory: {
            /**
             * @description `to` of the page before this one, if there may be more.
             * @example 1380893460000
             */
            earlierTo?: number;
            points: components["schemas"]["EquityPoint"][];
        };
        /** @description What the account was worth at `time`. */
        EquityPoint: {
            /** @example 100000 */
            balance: number;
            /** @example 99999 */
            equity: number;
            /** @example 16811 */
            marginUsed: number;
            /**
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            time: number;
            /** @example -1 */
            unrealizedPL: number;
        };
        /** @description Events after an offset, oldest first. */
        EventsPage: {
            /** @example 5fb6f146f57e2eeb */
            epoch: string;
            events: components["schemas"]["JournalEvent"][];
            /**
             * @description Of the last event in the answer, or `after` without any.
             * @example 7
             */
            lastOffset: number;
        };
        /**
         * @description One fill.
         * @example {
         *       "commission": 0,
         *       "id": "X3",
         *       "liquidity": "taker",
         *       "offset": 3,
         *       "orderId": "O2",
         *       "positionId": "P6",
         *       "price": 168.12,
         *       "qty": 100,
         *       "side": "buy",
         *       "symbol": "SPY",
         *       "time": 1380893400000
         *     }
         */
        Execution: {
            commission: number;
            /** @description Units of the account's currency for one of the symbol's, if they differ. */
            conversion?: number;
            id: string;
            liquidity?: components["schemas"]["Liquidity"];
            /**
             * @description Journal offset of the last change.
             * @example 7
             */
            offset: number;
            orderId: string;
            /** @description The position that it added to or reduced. */
            positionId?: string;
            price: number;
            qty: number;
            /** @description Of the part that closed. */
            realizedPL?: number;
            side: components["schemas"]["Side"];
            symbol: string;
            /**
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            time: number;
        };
        /** @description Executions, newest first. */
        ExecutionsPage: {
            executions: components["schemas"]["Execution"][];
            /** @example NWZiNmYxNDZmNTdlMmVlYjoz */
            nextCursor?: string;
        };
        /** @description One thing that happened to the order, and why. */
        ExplainedStep: {
            /** @example OrderFilled */
            event: string;
            /**
             * @description Of its event in the journal.
             * @example 4
             */
            offset: number;
            /** @example limit-reached */
            rule?: string;
            seen?: components["schemas"]["SeenMarket"];
            /** @example The ask of 168.12 reached the limit of 168.15: 100 bought at 168.12. */
            text: string;
            /**
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            time: number;
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
        /**
         * @description Against what orders fill: the best bid and ask, the whole book, or bars.
         * @enum {string}
         */
        FillModelKind: "top-of-book" | "depth" | "bars";
        /** @description How orders meet the market; everything beyond the model itself is none by default. */
        FillTerms: {
            /**
             * @description Between acceptance and being in the market.
             * @default 0
             * @example 0
             */
            latencyMs?: number;
            /**
             * @description While a symbol has shown neither a book nor a bar, orders fill on its quotes: by `depth` as one level with its size, by `bars` as by `top-of-book`.
             * @default top-of-book
             * @example top-of-book
             */
            model?: components["schemas"]["FillModelKind"];
            /**
             * @description No more than the displayed size fills on one quote.
             * @default false
             * @example false
             */
            respectSize?: boolean;
            /**
             * @description Of what is drawn by chance.
             * @default 0
             * @example 0
             */
            seed?: number;
            /**
             * @default 0
             * @example 0
             */
            slippageBps?: number;
            /**
             * @default 0
             * @example 0
             */
            slippageTicks?: number;
            /**
             * @description Chance that a limit fills when the price only touches it.
             * @default 1
             * @example 1
             */
            touchProbability?: number;
        };
        /** @description One event of an account's journal, raw: its numbers are texts, as the journal keeps them. */
        JournalEvent: {
            /**
             * @example {
             *       "trading_state": "halted"
             *     }
             */
            data: {
                [key: string]: unknown;
            };
            /** @example 5fb6f146f57e2eeb */
            epoch: string;
            /**
             * @description SHA-256 over its predecessor's hash and itself.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            hash?: string;
            /** @example 7 */
            offset: number;
            /**
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            time: number;
            /** @example TradingStateChanged */
            type: string;
        };
        /** @description The leverage of a symbol, and what it may be. */
        LeverageInfo: {
            /** @example 20 */
            leverage: number;
            /** @example 20 */
            max: number;
            /** @example 1 */
            min: number;
            /** @example 1 */
            step: number;
            /** @example Leverage of SPY */
            title: string;
        };
        /** @description What another leverage would change. */
        LeveragePreview: {
            /** @example [] */
            errors: string[];
            /**
             * @example [
             *       "The margin of SPY becomes 33,622.00 USD; it is 16,811.00 USD."
             *     ]
             */
            infos: string[];
            /** @example 33622 */
            marginAfter?: number;
            /** @example 16811 */
            marginBefore?: number;
            /** @example [] */
            warnings: string[];
        };
        /** @description The leverage that the symbol has now. */
        LeverageResult: {
            /** @example 10 */
            leverage: number;
        };
        /** @description The leverage that a symbol is to have. */
        LeverageSetting: {
            /** @example 10 */
            leverage: number;
            /**
             * @description Makes no difference.
             * @example limit
             */
            orderType?: components["schemas"]["OrderType"];
            /**
             * @description Makes no difference.
             * @example buy
             */
            side?: components["schemas"]["Side"];
            /** @example SPY */
            symbol: string;
        };
        /**
         * @description Whether an execution met a resting order of others, or rested itself.
         * @enum {string}
         */
        Liquidity: "maker" | "taker";
        /**
         * @description How serious a message is.
         * @enum {string}
         */
        MessageType: "information" | "warning" | "error";
        /** @description New terms of an open order; what is absent stays as it is. */
        OrderChange: {
            /** @description The whole set; `{}` cancels them. */
            brackets?: components["schemas"]["BracketTerms"];
            duration?: components["schemas"]["OrderDuration"];
            /** @example 168.05 */
            limitPrice?: number;
            /**
             * @description Must be above what is filled.
             * @example 150
             */
            qty?: number;
            /** @example 169.5 */
            stopPrice?: number;
            /** @example 2 */
            trailingAmount?: number;
            /**
             * @description Limit, stop or stop-limit.
             * @example stop_limit
             */
            type?: components["schemas"]["OrderType"];
        };
        /** @description Time in force. */
        OrderDuration: {
            /**
             * @description End of a gtd order, in milliseconds since 1970-01-01 UTC; only for gtd.
             * @example 1380920400000
             */
            datetime?: number;
            /** @example gtc */
            type: components["schemas"]["DurationType"];
        };
        /** @description Everything that happened to an order, and what it still waits for. */
        OrderExplanation: {
            order: components["schemas"]["PlacedOrder"];
            steps: components["schemas"]["ExplainedStep"][];
            /**
             * @description For an open order.
             * @example limit 168.05, best ask 168.12 at 14:03:07.120
             */
            waitingFor?: string;
        };
        /** @description What the broker has to say about an order. */
        OrderMessage: {
            /** @example The buying power does not cover the order any more. */
            text: string;
            /** @example error */
            type: components["schemas"]["MessageType"];
        };
        /** @description What an order would cost, and every reason for which it would be refused. */
        OrderPreview: {
            /** @example 83188 */
            buyingPowerAfter?: number;
            /** @example 0 */
            commission?: number;
            /**
             * @description To be given with the order, which is refused if these terms have moved since.
             * @example eyJzeW1ib2wiOiJTUFkifQ
             */
            confirmId?: string;
            /** @example [] */
            errors: string[];
            /** @example 168.12 */
            estimatedPrice?: number;
            /** @example 16812 */
            estimatedValue?: number;
            /** @example 16811 */
            marginRequired?: number;
            sections: components["schemas"]["PreviewSection"][];
            /**
             * @example [
             *       "The limit is at or beyond the market: the order fills at once."
             *     ]
             */
            warnings: string[];
        };
        /** @description Final orders, newest first. */
        OrdersPage: {
            /** @example NWZiNmYxNDZmNTdlMmVlYjoy */
            nextCursor?: string;
            orders: components["schemas"]["PlacedOrder"][];
        };
        /**
         * @description Where an order is in its life; filled, canceled, rejected and expired are final.
         * @enum {string}
         */
        OrderStatus: "placing" | "inactive" | "working" | "filled" | "canceled" | "rejected" | "expired";
        /**
         * @description At which price an order may fill.
         * @enum {string}
         */
        OrderType: "market" | "limit" | "stop" | "stop_limit" | "trailing_stop";
        /**
         * @description What a bracket protects: an order that is still open, or a position.
         * @enum {string}
         */
        ParentType: "order" | "position";
        /**
         * @description An order as the account knows it; the `orders` topic carries one per change.
         * @example {
         *       "avgPrice": 168.12,
         *       "clientOrderId": "desk-1",
         *       "createTime": 1380893400000,
         *       "duration": {
         *         "type": "gtc"
         *       },
         *       "filledQty": 100,
         *       "id": "O2",
         *       "limitPrice": 168.15,
         *       "offset": 4,
         *       "qty": 100,
         *       "side": "buy",
         *       "status": "filled",
         *       "symbol": "SPY",
         *       "type": "limit",
         *       "updateTime": 1380893400000
         *     }
         */
        PlacedOrder: {
            avgPrice?: number;
            clientOrderId?: string;
            /**
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            createTime: number;
            duration: components["schemas"]["OrderDuration"];
            filledQty: number;
            guaranteedStop?: number;
            id: string;
            isClose?: boolean;
            limitPrice?: number;
            message?: components["schemas"]["OrderMessage"];
            /**
             * @description Journal offset of the last change.
             * @example 7
             */
            offset: number;
            /** @description Of a bracket: what it protects. */
            parentId?: string;
            parentType?: components["schemas"]["ParentType"];
            positionId?: string;
            qty: number;
            rejectReason?: string;
            side: components["schemas"]["Side"];
            status: components["schemas"]["OrderStatus"];
            stopLoss?: number;
            /** @description Where it triggers; of a trailing stop, where that is by now. */
            stopPrice?: number;
            stopType?: components["schemas"]["StopType"];
            symbol: string;
            takeProfit?: number;
            trailingAmount?: number;
            trailingStopPips?: number;
            /** @description Whether the stop price was reached. */
            triggered?: boolean;
            type: components["schemas"]["OrderType"];
            /**
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            updateTime: number;
        };
        /** @description The order was accepted and is durable. */
        PlaceOrderResult: {
            order: components["schemas"]["PlacedOrder"];
            /** @example O2 */
            orderId: string;
        };
        /**
         * @description Holding of one symbol; sent once with `qty` 0 when it is closed.
         * @example {
         *       "avgPrice": 168.12,
         *       "id": "P6",
         *       "offset": 6,
         *       "qty": 100,
         *       "realizedPL": 0,
         *       "side": "buy",
         *       "stopLoss": 166.2,
         *       "symbol": "SPY",
         *       "takeProfit": 171.5,
         *       "updateTime": 1380893400000
         *     }
         */
        Position: {
            avgPrice: number;
            guaranteedStop?: number;
            id: string;
            /**
             * @description Journal offset of the last change.
             * @example 7
             */
            offset: number;
            /** @description Never negative; 0 is closed. */
            qty: number;
            realizedPL: number;
            side: components["schemas"]["Side"];
            stopLoss?: number;
            symbol: string;
            takeProfit?: number;
            trailingStopPips?: number;
            /**
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            updateTime: number;
        };
        /** @description How much of a position to close. */
        PositionClosing: {
            /**
             * @description Default: all of it.
             * @example 40
             */
            amount?: number;
        };
        /**
         * @description One position per symbol, or one per opening order.
         * @enum {string}
         */
        PositionMode: "netting" | "hedging";
        /** @description Open profit or loss of one position, in the account's currency; longs at the bid, shorts at the ask. */
        PositionProfit: {
            /** @example P6 */
            id: string;
            /** @example -1 */
            unrealizedPL: number;
        };
        /** @description An order to place or to preview. */
        PreOrder: {
            /**
             * @description The caller's own name, unique per account.
             * @example desk-1
             */
            clientOrderId?: string;
            /**
             * @description From a preview of the same order: refuses it if its terms have moved since.
             * @example eyJzeW1ib2wiOiJTUFkifQ
             */
            confirmId?: string;
            currentQuotes?: components["schemas"]["SeenQuotes"];
            /** @description Default: gtc. */
            duration?: components["schemas"]["OrderDuration"];
            /**
             * @description Bracket: a price that holds through gaps.
             * @example 165
             */
            guaranteedStop?: number;
            /**
             * @description Only reduces what is held, never opens a position.
             * @example false
             */
            isClose?: boolean;
            /**
             * @description For limit and stop-limit orders, and only for them.
             * @example 168.15
             */
            limitPrice?: number;
            /**
             * @description The position that it reduces, where the account holds several of the symbol.
             * @example P6
             */
            positionId?: string;
            /** @example 100 */
            qty: number;
            /**
             * @description Last price that the caller saw.
             * @example 168.12
             */
            seenPrice?: number;
            /** @example buy */
            side: components["schemas"]["Side"];
            /**
             * @description Bracket: a price. At most one of the three stops.
             * @example 166.2
             */
            stopLoss?: number;
            /**
             * @description For stop and stop-limit orders, and only for them.
             * @example 169
             */
            stopPrice?: number;
            /** @example SPY */
            symbol: string;
            /**
             * @description Bracket: a price.
             * @example 171.5
             */
            takeProfit?: number;
            /**
             * @description Distance from the best price; for trailing stops, and only for them.
             * @example 1.5
             */
            trailingAmount?: number;
            /**
             * @description Bracket: distance from the best price, in pips.
             * @example 150
             */
            trailingStopPips?: number;
            /** @example limit */
            type: components["schemas"]["OrderType"];
        };
        /** @description One line of a preview. */
        PreviewRow: {
            /** @example Estimated value */
            title: string;
            /** @example 16,812.00 USD */
            value: string;
        };
        /** @description A group of lines of a preview. */
        PreviewSection: {
            /** @example Estimated cost */
            header?: string;
            rows: components["schemas"]["PreviewRow"][];
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
        /** @description Limits of the account; what is absent is not limited. */
        RiskTerms: {
            /**
             * @description Margin level below which positions are closed.
             * @default 0.5
             * @example 0.5
             */
            liquidationLevel?: number;
            /**
             * @description Margin level below which the account is warned.
             * @default 1
             * @example 1
             */
            maintenanceLevel?: number;
            /** @example 250000 */
            maxOrderNotional?: number;
            /** @example 50 */
            maxOrdersPerSecond?: number;
            /** @example 1000000 */
            maxPositionNotional?: number;
        };
        /** @description The quote or trade that decided. */
        SeenMarket: {
            /** @example 168.12 */
            ask?: number;
            /** @example 500 */
            askSize?: number;
            /** @example 168.11 */
            bid?: number;
            /** @example 300 */
            bidSize?: number;
            /** @example 168.12 */
            last?: number;
            /** @example 100 */
            lastSize?: number;
            /**
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            time: number;
        };
        /** @description Bid and ask as the caller saw them. */
        SeenQuotes: {
            /** @example 168.12 */
            ask: number;
            /** @example 168.11 */
            bid: number;
        };
        /**
         * @description Direction of an order or a position.
         * @enum {string}
         */
        Side: "buy" | "sell";
        /**
         * @description Kind of a protecting stop.
         * @enum {string}
         */
        StopType: "stop_loss" | "trailing_stop" | "guaranteed_stop";
        /**
         * @description What an account may do: anything, only close what it holds, or place no orders at all.
         * @enum {string}
         */
        TradingState: "active" | "reducing" | "halted";
        /** @description What the account may do from now on. */
        TradingStateChange: {
            /**
             * @description Cancel open orders, except brackets of positions.
             * @default false
             * @example true
             */
            cancelOrders?: boolean;
            /** @example halted */
            tradingState: components["schemas"]["TradingState"];
        };
        /** @description What the account may do now, and the orders that were canceled for it. */
        TradingStateResult: {
            /**
             * @description Their ids, oldest first.
             * @example [
             *       "O2",
             *       "O7"
             *     ]
             */
            canceledOrders: string[];
            /** @example halted */
            tradingState: components["schemas"]["TradingState"];
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
    get_account: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
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
                     *       "commissions": 0,
                     *       "currency": "USD",
                     *       "currencySign": "$",
                     *       "epoch": "5fb6f146f57e2eeb",
                     *       "equity": {
                     *         "balance": 100000,
                     *         "equity": 99999,
                     *         "marginAvailable": 83188,
                     *         "marginLevel": 5.95,
                     *         "marginReserved": 0,
                     *         "marginUsed": 16811,
                     *         "positions": [
                     *           {
                     *             "id": "P6",
                     *             "unrealizedPL": -1
                     *           }
                     *         ],
                     *         "realizedPL": 0,
                     *         "time": 1380893400000,
                     *         "unrealizedPL": -1
                     *       },
                     *       "id": "DEMO",
                     *       "leverage": 20,
                     *       "marginWarned": false,
                     *       "name": "Demo account",
                     *       "offset": 6,
                     *       "openingBalance": 100000,
                     *       "terms": {
                     *         "allowImmediateStops": false,
                     *         "allowStaleQuotes": false,
                     *         "commission": {
                     *           "kind": "none",
                     *           "makerRate": 0,
                     *           "minimum": 0,
                     *           "rate": 0
                     *         },
                     *         "confirmToleranceBps": 10,
                     *         "fills": {
                     *           "latencyMs": 0,
                     *           "model": "top-of-book",
                     *           "respectSize": false,
                     *           "seed": 0,
                     *           "slippageBps": 0,
                     *           "slippageTicks": 0,
                     *           "touchProbability": 1
                     *         },
                     *         "guaranteedStopPremiumBps": 0,
                     *         "positionMode": "netting",
                     *         "risk": {
                     *           "liquidationLevel": 0.5,
                     *           "maintenanceLevel": 1,
                     *           "maxOrderNotional": 250000,
                     *           "maxOrdersPerSecond": 50,
                     *           "maxPositionNotional": 1000000
                     *         }
                     *       },
                     *       "tradingState": "active",
                     *       "type": "paper"
                     *     }
                     */
                    "application/json": components["schemas"]["AccountInfo"];
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
            /** @description Codes: `account-unknown` */
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    account_history: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
                /**
                 * @description First time, in ms.
                 * @example 0
                 */
                from?: number;
                /**
                 * @description Most points, the last of them.
                 * @example 1000
                 */
                limit?: number;
                /**
                 * @description Time before which to end, in ms.
                 * @example 253402300799999
                 */
                to?: number;
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
                     *       "earlierTo": 1380893460000,
                     *       "points": [
                     *         {
                     *           "balance": 100000,
                     *           "equity": 99999,
                     *           "marginUsed": 16811,
                     *           "time": 1380893400000,
                     *           "unrealizedPL": -1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["EquityHistory"];
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
            /** @description Codes: `account-unknown` */
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    reset_account: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
            };
            header?: {
                /**
                 * @description Chosen by the caller; repeating the request with it gives the first answer again.
                 * @example 3f0e9c1b6f2f4c56
                 */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "leverage": 20,
                 *       "openingBalance": 100000,
                 *       "terms": {
                 *         "allowImmediateStops": false,
                 *         "allowStaleQuotes": false,
                 *         "commission": {
                 *           "kind": "none",
                 *           "makerRate": 0,
                 *           "minimum": 0,
                 *           "rate": 0
                 *         },
                 *         "confirmToleranceBps": 10,
                 *         "fills": {
                 *           "latencyMs": 0,
                 *           "model": "top-of-book",
                 *           "respectSize": false,
                 *           "seed": 0,
                 *           "slippageBps": 0,
                 *           "slippageTicks": 0,
                 *           "touchProbability": 1
                 *         },
                 *         "guaranteedStopPremiumBps": 0,
                 *         "positionMode": "netting",
                 *         "risk": {
                 *           "liquidationLevel": 0.5,
                 *           "maintenanceLevel": 1,
                 *           "maxOrderNotional": 250000,
                 *           "maxOrdersPerSecond": 50,
                 *           "maxPositionNotional": 1000000
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["AccountReset"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description `true` if this is the answer that the same command had before. */
                    "Idempotent-Replayed"?: "true";
                    /** @description Journal offset at which the command was done; the private streams pass it. */
                    "X-Stream-Offset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "currency": "USD",
                     *       "currencySign": "$",
                     *       "id": "DEMO",
                     *       "name": "Demo account",
                     *       "type": "paper"
                     *     }
                     */
                    "application/json": components["schemas"]["AccountMetainfo"];
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
            /** @description Codes: `account-unknown` */
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
            /** @description Codes: `idempotency-key-reused`, `terms-not-allowed`, `validation-failed` */
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    change_terms: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
            };
            header?: {
                /**
                 * @description Chosen by the caller; repeating the request with it gives the first answer again.
                 * @example 3f0e9c1b6f2f4c56
                 */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "allowImmediateStops": false,
                 *       "allowStaleQuotes": false,
                 *       "commission": {
                 *         "kind": "none",
                 *         "makerRate": 0,
                 *         "minimum": 0,
                 *         "rate": 0
                 *       },
                 *       "confirmToleranceBps": 10,
                 *       "fills": {
                 *         "latencyMs": 0,
                 *         "model": "top-of-book",
                 *         "respectSize": false,
                 *         "seed": 0,
                 *         "slippageBps": 0,
                 *         "slippageTicks": 0,
                 *         "touchProbability": 1
                 *       },
                 *       "guaranteedStopPremiumBps": 0,
                 *       "positionMode": "netting",
                 *       "risk": {
                 *         "liquidationLevel": 0.5,
                 *         "maintenanceLevel": 1,
                 *         "maxOrderNotional": 250000,
                 *         "maxOrdersPerSecond": 50,
                 *         "maxPositionNotional": 1000000
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ChosenTerms"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description `true` if this is the answer that the same command had before. */
                    "Idempotent-Replayed"?: "true";
                    /** @description Journal offset at which the command was done; the private streams pass it. */
                    "X-Stream-Offset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "allowImmediateStops": false,
                     *       "allowStaleQuotes": false,
                     *       "commission": {
                     *         "kind": "none",
                     *         "makerRate": 0,
                     *         "minimum": 0,
                     *         "rate": 0
                     *       },
                     *       "confirmToleranceBps": 10,
                     *       "fills": {
                     *         "latencyMs": 0,
                     *         "model": "top-of-book",
                     *         "respectSize": false,
                     *         "seed": 0,
                     *         "slippageBps": 0,
                     *         "slippageTicks": 0,
                     *         "touchProbability": 1
                     *       },
                     *       "guaranteedStopPremiumBps": 0,
                     *       "positionMode": "netting",
                     *       "risk": {
                     *         "liquidationLevel": 0.5,
                     *         "maintenanceLevel": 1,
                     *         "maxOrderNotional": 250000,
                     *         "maxOrdersPerSecond": 50,
                     *         "maxPositionNotional": 1000000
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["AccountTerms"];
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
            /** @description Codes: `account-unknown` */
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
            /** @description Codes: `idempotency-key-reused`, `terms-not-allowed`, `validation-failed` */
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    set_trading_state: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
            };
            header?: {
                /**
                 * @description Chosen by the caller; repeating the request with it gives the first answer again.
                 * @example 3f0e9c1b6f2f4c56
                 */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "cancelOrders": true,
                 *       "tradingState": "halted"
                 *     }
                 */
                "application/json": components["schemas"]["TradingStateChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description `true` if this is the answer that the same command had before. */
                    "Idempotent-Replayed"?: "true";
                    /** @description Journal offset at which the command was done; the private streams pass it. */
                    "X-Stream-Offset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "canceledOrders": [
                     *         "O2",
                     *         "O7"
                     *       ],
                     *       "tradingState": "halted"
                     *     }
                     */
                    "application/json": components["schemas"]["TradingStateResult"];
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
            /** @description Codes: `account-unknown` */
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
            /** @description Codes: `idempotency-key-reused`, `validation-failed` */
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    list_accounts: {
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
                     * @example [
                     *       {
                     *         "currency": "USD",
                     *         "currencySign": "$",
                     *         "id": "DEMO",
                     *         "name": "Demo account",
                     *         "type": "paper"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["AccountMetainfo"][];
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    open_account: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Chosen by the caller; repeating the request with it gives the first answer again.
                 * @example 3f0e9c1b6f2f4c56
                 */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currency": "USD",
                 *       "id": "SWING",
                 *       "leverage": 20,
                 *       "name": "Swing trading",
                 *       "openingBalance": 100000,
                 *       "terms": {
                 *         "allowImmediateStops": false,
                 *         "allowStaleQuotes": false,
                 *         "commission": {
                 *           "kind": "none",
                 *           "makerRate": 0,
                 *           "minimum": 0,
                 *           "rate": 0
                 *         },
                 *         "confirmToleranceBps": 10,
                 *         "fills": {
                 *           "latencyMs": 0,
                 *           "model": "top-of-book",
                 *           "respectSize": false,
                 *           "seed": 0,
                 *           "slippageBps": 0,
                 *           "slippageTicks": 0,
                 *           "touchProbability": 1
                 *         },
                 *         "guaranteedStopPremiumBps": 0,
                 *         "positionMode": "netting",
                 *         "risk": {
                 *           "liquidationLevel": 0.5,
                 *           "maintenanceLevel": 1,
                 *           "maxOrderNotional": 250000,
                 *           "maxOrdersPerSecond": 50,
                 *           "maxPositionNotional": 1000000
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["AccountOpening"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description `true` if this is the answer that the same command had before. */
                    "Idempotent-Replayed"?: "true";
                    /** @description Journal offset at which the command was done; the private streams pass it. */
                    "X-Stream-Offset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "currency": "USD",
                     *       "currencySign": "$",
                     *       "id": "DEMO",
                     *       "name": "Demo account",
                     *       "type": "paper"
                     *     }
                     */
                    "application/json": components["schemas"]["AccountMetainfo"];
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
            /** @description Codes: `account-exists` */
            409: {
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
            /** @description Codes: `idempotency-key-reused`, `terms-not-allowed`, `validation-failed` */
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    list_events: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
                /**
                 * @description Events after this offset.
                 * @example 6
                 */
                after?: number;
                /**
                 * @description Most entries of a page.
                 * @example 100
                 */
                limit?: number;
            };
            header?: {
                /**
                 * @description Of the last event that was seen; outranks `after` in a stream.
                 * @example 5fb6f146f57e2eeb:6
                 */
                "Last-Event-ID"?: string | null;
            };
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
                     *       "epoch": "5fb6f146f57e2eeb",
                     *       "events": [
                     *         {
                     *           "data": {
                     *             "trading_state": "halted"
                     *           },
                     *           "epoch": "5fb6f146f57e2eeb",
                     *           "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *           "offset": 7,
                     *           "time": 1380893400000,
                     *           "type": "TradingStateChanged"
                     *         }
                     *       ],
                     *       "lastOffset": 7
                     *     }
                     */
                    "application/json": components["schemas"]["EventsPage"];
                    /**
                     * @example id: 5fb6f146f57e2eeb:7
                     *     event: TradingStateChanged
                     *     data: {"offset":7,"epoch":"5fb6f146f57e2eeb","type":"TradingStateChanged"}
                     */
                    "text/event-stream": string;
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
            /** @description Codes: `account-unknown` */
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    list_executions: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
                /**
                 * @description `nextCursor` of the page before.
                 * @example NWZiNmYxNDZmNTdlMmVlYjoz
                 */
                cursor?: string | null;
                /**
                 * @description Most entries of a page.
                 * @example 100
                 */
                limit?: number;
                /** @example SPY */
                symbol?: string | null;
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
                     *       "executions": [
                     *         {
                     *           "commission": 0,
                     *           "id": "X3",
                     *           "liquidity": "taker",
                     *           "offset": 3,
                     *           "orderId": "O2",
                     *           "positionId": "P6",
                     *           "price": 168.12,
                     *           "qty": 100,
                     *           "side": "buy",
                     *           "symbol": "SPY",
                     *           "time": 1380893400000
                     *         }
                     *       ],
                     *       "nextCursor": "NWZiNmYxNDZmNTdlMmVlYjoz"
                     *     }
                     */
                    "application/json": components["schemas"]["ExecutionsPage"];
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
            /** @description Codes: `account-unknown` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `cursor-invalid`, `validation-failed` */
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    leverage_info: {
        parameters: {
            query: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
                /**
                 * @description Makes no difference.
                 * @example market
                 */
                orderType?: components["schemas"]["OrderType"] | null;
                /**
                 * @description Makes no difference.
                 * @example buy
                 */
                side?: components["schemas"]["Side"] | null;
                /** @example SPY */
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
                     *       "leverage": 20,
                     *       "max": 20,
                     *       "min": 1,
                     *       "step": 1,
                     *       "title": "Leverage of SPY"
                     *     }
                     */
                    "application/json": components["schemas"]["LeverageInfo"];
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    preview_leverage: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "leverage": 10,
                 *       "orderType": "limit",
                 *       "side": "buy",
                 *       "symbol": "SPY"
                 *     }
                 */
                "application/json": components["schemas"]["LeverageSetting"];
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
                     *       "errors": [],
                     *       "infos": [
                     *         "The margin of SPY becomes 33,622.00 USD; it is 16,811.00 USD."
                     *       ],
                     *       "marginAfter": 33622,
                     *       "marginBefore": 16811,
                     *       "warnings": []
                     *     }
                     */
                    "application/json": components["schemas"]["LeveragePreview"];
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
            /** @description Codes: `account-unknown`, `symbol-unknown` */
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
            /** @description Codes: `internal-error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    set_leverage: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
            };
            header?: {
                /**
                 * @description Chosen by the caller; repeating the request with it gives the first answer again.
                 * @example 3f0e9c1b6f2f4c56
                 */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "leverage": 10,
                 *       "orderType": "limit",
                 *       "side": "buy",
                 *       "symbol": "SPY"
                 *     }
                 */
                "application/json": components["schemas"]["LeverageSetting"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description `true` if this is the answer that the same command had before. */
                    "Idempotent-Replayed"?: "true";
                    /** @description Journal offset at which the command was done; the private streams pass it. */
                    "X-Stream-Offset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "leverage": 10
                     *     }
                     */
                    "application/json": components["schemas"]["LeverageResult"];
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
            /** @description Codes: `account-unknown`, `symbol-unknown` */
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
            /** @description Codes: `buying-power-insufficient`, `idempotency-key-reused`, `leverage-out-of-range`, `validation-failed` */
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    list_orders: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
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
                     *         "avgPrice": 168.12,
                     *         "clientOrderId": "desk-1",
                     *         "createTime": 1380893400000,
                     *         "duration": {
                     *           "type": "gtc"
                     *         },
                     *         "filledQty": 100,
                     *         "id": "O2",
                     *         "limitPrice": 168.15,
                     *         "offset": 4,
                     *         "qty": 100,
                     *         "side": "buy",
                     *         "status": "filled",
                     *         "symbol": "SPY",
                     *         "type": "limit",
                     *         "updateTime": 1380893400000
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["PlacedOrder"][];
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
            /** @description Codes: `account-unknown` */
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    place_order: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
            };
            header?: {
                /**
                 * @description Chosen by the caller; repeating the request with it gives the first answer again.
                 * @example 3f0e9c1b6f2f4c56
                 */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "clientOrderId": "desk-1",
                 *       "confirmId": "eyJzeW1ib2wiOiJTUFkifQ",
                 *       "currentQuotes": {
                 *         "ask": 168.12,
                 *         "bid": 168.11
                 *       },
                 *       "duration": {
                 *         "datetime": 1380920400000,
                 *         "type": "gtc"
                 *       },
                 *       "guaranteedStop": 165,
                 *       "isClose": false,
                 *       "limitPrice": 168.15,
                 *       "positionId": "P6",
                 *       "qty": 100,
                 *       "seenPrice": 168.12,
                 *       "side": "buy",
                 *       "stopLoss": 166.2,
                 *       "stopPrice": 169,
                 *       "symbol": "SPY",
                 *       "takeProfit": 171.5,
                 *       "trailingAmount": 1.5,
                 *       "trailingStopPips": 150,
                 *       "type": "limit"
                 *     }
                 */
                "application/json": components["schemas"]["PreOrder"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description `true` if this is the answer that the same command had before. */
                    "Idempotent-Replayed"?: "true";
                    /** @description Journal offset at which the command was done; the private streams pass it. */
                    "X-Stream-Offset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "order": {
                     *         "avgPrice": 168.12,
                     *         "clientOrderId": "desk-1",
                     *         "createTime": 1380893400000,
                     *         "duration": {
                     *           "type": "gtc"
                     *         },
                     *         "filledQty": 100,
                     *         "id": "O2",
                     *         "limitPrice": 168.15,
                     *         "offset": 4,
                     *         "qty": 100,
                     *         "side": "buy",
                     *         "status": "filled",
                     *         "symbol": "SPY",
                     *         "type": "limit",
                     *         "updateTime": 1380893400000
                     *       },
                     *       "orderId": "O2"
                     *     }
                     */
                    "application/json": components["schemas"]["PlaceOrderResult"];
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
            /** @description Codes: `account-unknown`, `symbol-unknown` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `confirm-stale` */
            409: {
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
            /** @description Codes: `brackets-not-allowed`, `buying-power-insufficient`, `change-not-allowed`, `client-order-id-duplicate`, `close-quantity-too-large`, `confirm-invalid`, `confirm-mismatch`, `currency-unsupported`, `duration-end-missing`, `duration-end-not-allowed`, `duration-end-past`, `duration-not-allowed`, `idempotency-key-reused`, `leverage-out-of-range`, `nothing-to-close`, `order-notional-exceeded`, `order-rate-exceeded`, `position-notional-exceeded`, `price-missing`, `price-not-allowed`, `price-not-positive`, `price-tick`, `quantity-below-filled`, `quantity-not-positive`, `quantity-step`, `quantity-too-large`, `quantity-too-small`, `quote-stale`, `quote-unavailable`, `session-closed`, `stop-loss-wrong-side`, `stop-would-trigger`, `stops-conflict`, `symbol-not-tradable`, `take-profit-wrong-side`, `terms-not-allowed`, `trading-halted`, `trading-reduce-only`, `trailing-pips-not-positive`, `validation-failed` */
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    cancel_orders: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
                /** @example buy */
                side?: components["schemas"]["Side"] | null;
                /** @example SPY */
                symbol?: string | null;
            };
            header?: {
                /**
                 * @description Chosen by the caller; repeating the request with it gives the first answer again.
                 * @example 3f0e9c1b6f2f4c56
                 */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            207: {
                headers: {
                    /** @description `true` if this is the answer that the same command had before. */
                    "Idempotent-Replayed"?: "true";
                    /** @description Journal offset at which the command was done; the private streams pass it. */
                    "X-Stream-Offset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "results": [
                     *         {
                     *           "code": "order-final",
                     *           "detail": "The order O2 is filled.",
                     *           "order": {
                     *             "avgPrice": 168.12,
                     *             "clientOrderId": "desk-1",
                     *             "createTime": 1380893400000,
                     *             "duration": {
                     *               "type": "gtc"
                     *             },
                     *             "filledQty": 100,
                     *             "id": "O2",
                     *             "limitPrice": 168.15,
                     *             "offset": 4,
                     *             "qty": 100,
                     *             "side": "buy",
                     *             "status": "filled",
                     *             "symbol": "SPY",
                     *             "type": "limit",
                     *             "updateTime": 1380893400000
                     *           },
                     *           "orderId": "O2",
                     *           "status": 200
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CancelOrdersResult"];
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
            /** @description Codes: `idempotency-key-reused`, `validation-failed` */
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    get_order: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
            };
            header?: never;
            path: {
                /** @example O2 */
                orderId: string;
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
                     *       "avgPrice": 168.12,
                     *       "clientOrderId": "desk-1",
                     *       "createTime": 1380893400000,
                     *       "duration": {
                     *         "type": "gtc"
                     *       },
                     *       "filledQty": 100,
                     *       "id": "O2",
                     *       "limitPrice": 168.15,
                     *       "offset": 4,
                     *       "qty": 100,
                     *       "side": "buy",
                     *       "status": "filled",
                     *       "symbol": "SPY",
                     *       "type": "limit",
                     *       "updateTime": 1380893400000
                     *     }
                     */
                    "application/json": components["schemas"]["PlacedOrder"];
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
            /** @description Codes: `account-unknown`, `order-unknown` */
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    change_order: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
            };
            header?: {
                /**
                 * @description Chosen by the caller; repeating the request with it gives the first answer again.
                 * @example 3f0e9c1b6f2f4c56
                 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @example O2 */
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "brackets": {
                 *         "guaranteedStop": 165,
                 *         "stopLoss": 166.2,
                 *         "takeProfit": 171.5,
                 *         "trailingStopPips": 150
                 *       },
                 *       "duration": {
                 *         "datetime": 1380920400000,
                 *         "type": "gtc"
                 *       },
                 *       "limitPrice": 168.05,
                 *       "qty": 150,
                 *       "stopPrice": 169.5,
                 *       "trailingAmount": 2,
                 *       "type": "stop_limit"
                 *     }
                 */
                "application/json": components["schemas"]["OrderChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description `true` if this is the answer that the same command had before. */
                    "Idempotent-Replayed"?: "true";
                    /** @description Journal offset at which the command was done; the private streams pass it. */
                    "X-Stream-Offset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "avgPrice": 168.12,
                     *       "clientOrderId": "desk-1",
                     *       "createTime": 1380893400000,
                     *       "duration": {
                     *         "type": "gtc"
                     *       },
                     *       "filledQty": 100,
                     *       "id": "O2",
                     *       "limitPrice": 168.15,
                     *       "offset": 4,
                     *       "qty": 100,
                     *       "side": "buy",
                     *       "status": "filled",
                     *       "symbol": "SPY",
                     *       "type": "limit",
                     *       "updateTime": 1380893400000
                     *     }
                     */
                    "application/json": components["schemas"]["PlacedOrder"];
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
            /** @description Codes: `account-unknown`, `order-unknown` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `order-final` */
            409: {
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
            /** @description Codes: `brackets-not-allowed`, `buying-power-insufficient`, `change-not-allowed`, `client-order-id-duplicate`, `close-quantity-too-large`, `currency-unsupported`, `duration-end-missing`, `duration-end-not-allowed`, `duration-end-past`, `duration-not-allowed`, `idempotency-key-reused`, `leverage-out-of-range`, `nothing-to-close`, `order-notional-exceeded`, `order-rate-exceeded`, `position-notional-exceeded`, `price-missing`, `price-not-allowed`, `price-not-positive`, `price-tick`, `quantity-below-filled`, `quantity-not-positive`, `quantity-step`, `quantity-too-large`, `quantity-too-small`, `quote-stale`, `quote-unavailable`, `session-closed`, `stop-loss-wrong-side`, `stop-would-trigger`, `stops-conflict`, `symbol-not-tradable`, `take-profit-wrong-side`, `terms-not-allowed`, `trading-halted`, `trading-reduce-only`, `trailing-pips-not-positive`, `validation-failed` */
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    cancel_order: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
            };
            header?: {
                /**
                 * @description Chosen by the caller; repeating the request with it gives the first answer again.
                 * @example 3f0e9c1b6f2f4c56
                 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @example O2 */
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description `true` if this is the answer that the same command had before. */
                    "Idempotent-Replayed"?: "true";
                    /** @description Journal offset at which the command was done; the private streams pass it. */
                    "X-Stream-Offset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "createTime": 1380893400000,
                     *       "duration": {
                     *         "type": "gtc"
                     *       },
                     *       "filledQty": 0,
                     *       "id": "O2",
                     *       "limitPrice": 160,
                     *       "offset": 3,
                     *       "qty": 100,
                     *       "side": "buy",
                     *       "status": "canceled",
                     *       "symbol": "SPY",
                     *       "type": "limit",
                     *       "updateTime": 1380893460000
                     *     }
                     */
                    "application/json": components["schemas"]["PlacedOrder"];
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
            /** @description Codes: `account-unknown`, `order-unknown` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `order-final` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `idempotency-key-reused`, `validation-failed` */
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    explain_order: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
            };
            header?: never;
            path: {
                /** @example O2 */
                orderId: string;
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
                     *       "order": {
                     *         "avgPrice": 168.12,
                     *         "clientOrderId": "desk-1",
                     *         "createTime": 1380893400000,
                     *         "duration": {
                     *           "type": "gtc"
                     *         },
                     *         "filledQty": 100,
                     *         "id": "O2",
                     *         "limitPrice": 168.15,
                     *         "offset": 4,
                     *         "qty": 100,
                     *         "side": "buy",
                     *         "status": "filled",
                     *         "symbol": "SPY",
                     *         "type": "limit",
                     *         "updateTime": 1380893400000
                     *       },
                     *       "steps": [
                     *         {
                     *           "event": "OrderFilled",
                     *           "offset": 4,
                     *           "rule": "limit-reached",
                     *           "seen": {
                     *             "ask": 168.12,
                     *             "askSize": 500,
                     *             "bid": 168.11,
                     *             "bidSize": 300,
                     *             "last": 168.12,
                     *             "lastSize": 100,
                     *             "time": 1380893400000
                     *           },
                     *           "text": "The ask of 168.12 reached the limit of 168.15: 100 bought at 168.12.",
                     *           "time": 1380893400000
                     *         }
                     *       ],
                     *       "waitingFor": "limit 168.05, best ask 168.12 at 14:03:07.120"
                     *     }
                     */
                    "application/json": components["schemas"]["OrderExplanation"];
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
            /** @description Codes: `account-unknown`, `order-unknown` */
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    orders_history: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
                /**
                 * @description `nextCursor` of the page before.
                 * @example NWZiNmYxNDZmNTdlMmVlYjoz
                 */
                cursor?: string | null;
                /**
                 * @description Most entries of a page.
                 * @example 100
                 */
                limit?: number;
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
                     *       "nextCursor": "NWZiNmYxNDZmNTdlMmVlYjoy",
                     *       "orders": [
                     *         {
                     *           "avgPrice": 168.12,
                     *           "clientOrderId": "desk-1",
                     *           "createTime": 1380893400000,
                     *           "duration": {
                     *             "type": "gtc"
                     *           },
                     *           "filledQty": 100,
                     *           "id": "O2",
                     *           "limitPrice": 168.15,
                     *           "offset": 4,
                     *           "qty": 100,
                     *           "side": "buy",
                     *           "status": "filled",
                     *           "symbol": "SPY",
                     *           "type": "limit",
                     *           "updateTime": 1380893400000
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["OrdersPage"];
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
            /** @description Codes: `account-unknown` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `cursor-invalid`, `validation-failed` */
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    preview_order: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "clientOrderId": "desk-1",
                 *       "confirmId": "eyJzeW1ib2wiOiJTUFkifQ",
                 *       "currentQuotes": {
                 *         "ask": 168.12,
                 *         "bid": 168.11
                 *       },
                 *       "duration": {
                 *         "datetime": 1380920400000,
                 *         "type": "gtc"
                 *       },
                 *       "guaranteedStop": 165,
                 *       "isClose": false,
                 *       "limitPrice": 168.15,
                 *       "positionId": "P6",
                 *       "qty": 100,
                 *       "seenPrice": 168.12,
                 *       "side": "buy",
                 *       "stopLoss": 166.2,
                 *       "stopPrice": 169,
                 *       "symbol": "SPY",
                 *       "takeProfit": 171.5,
                 *       "trailingAmount": 1.5,
                 *       "trailingStopPips": 150,
                 *       "type": "limit"
                 *     }
                 */
                "application/json": components["schemas"]["PreOrder"];
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
                     *       "buyingPowerAfter": 83188,
                     *       "commission": 0,
                     *       "confirmId": "eyJzeW1ib2wiOiJTUFkifQ",
                     *       "errors": [],
                     *       "estimatedPrice": 168.12,
                     *       "estimatedValue": 16812,
                     *       "marginRequired": 16811,
                     *       "sections": [
                     *         {
                     *           "header": "Estimated cost",
                     *           "rows": [
                     *             {
                     *               "title": "Estimated value",
                     *               "value": "16,812.00 USD"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "warnings": [
                     *         "The limit is at or beyond the market: the order fills at once."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["OrderPreview"];
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
            /** @description Codes: `account-unknown`, `symbol-unknown` */
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
            /** @description Codes: `internal-error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    list_positions: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
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
                     *         "avgPrice": 168.12,
                     *         "id": "P6",
                     *         "offset": 6,
                     *         "qty": 100,
                     *         "realizedPL": 0,
                     *         "side": "buy",
                     *         "stopLoss": 166.2,
                     *         "symbol": "SPY",
                     *         "takeProfit": 171.5,
                     *         "updateTime": 1380893400000
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Position"][];
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
            /** @description Codes: `account-unknown` */
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    edit_position_brackets: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
            };
            header?: {
                /**
                 * @description Chosen by the caller; repeating the request with it gives the first answer again.
                 * @example 3f0e9c1b6f2f4c56
                 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @example P6 */
                positionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "guaranteedStop": 165,
                 *       "stopLoss": 166.2,
                 *       "takeProfit": 171.5,
                 *       "trailingStopPips": 150
                 *     }
                 */
                "application/json": components["schemas"]["BracketTerms"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description `true` if this is the answer that the same command had before. */
                    "Idempotent-Replayed"?: "true";
                    /** @description Journal offset at which the command was done; the private streams pass it. */
                    "X-Stream-Offset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "avgPrice": 168.12,
                     *       "id": "P6",
                     *       "offset": 6,
                     *       "qty": 100,
                     *       "realizedPL": 0,
                     *       "side": "buy",
                     *       "stopLoss": 166.2,
                     *       "symbol": "SPY",
                     *       "takeProfit": 171.5,
                     *       "updateTime": 1380893400000
                     *     }
                     */
                    "application/json": components["schemas"]["Position"];
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
            /** @description Codes: `account-unknown`, `position-unknown` */
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
            /** @description Codes: `brackets-not-allowed`, `buying-power-insufficient`, `change-not-allowed`, `client-order-id-duplicate`, `close-quantity-too-large`, `currency-unsupported`, `duration-end-missing`, `duration-end-not-allowed`, `duration-end-past`, `duration-not-allowed`, `idempotency-key-reused`, `leverage-out-of-range`, `nothing-to-close`, `order-notional-exceeded`, `order-rate-exceeded`, `position-notional-exceeded`, `price-missing`, `price-not-allowed`, `price-not-positive`, `price-tick`, `quantity-below-filled`, `quantity-not-positive`, `quantity-step`, `quantity-too-large`, `quantity-too-small`, `quote-stale`, `quote-unavailable`, `session-closed`, `stop-loss-wrong-side`, `stop-would-trigger`, `stops-conflict`, `symbol-not-tradable`, `take-profit-wrong-side`, `terms-not-allowed`, `trading-halted`, `trading-reduce-only`, `trailing-pips-not-positive`, `validation-failed` */
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    close_position: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
            };
            header?: {
                /**
                 * @description Chosen by the caller; repeating the request with it gives the first answer again.
                 * @example 3f0e9c1b6f2f4c56
                 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @example P6 */
                positionId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "amount": 40
                 *     }
                 */
                "application/json": components["schemas"]["PositionClosing"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description `true` if this is the answer that the same command had before. */
                    "Idempotent-Replayed"?: "true";
                    /** @description Journal offset at which the command was done; the private streams pass it. */
                    "X-Stream-Offset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "order": {
                     *         "avgPrice": 168.12,
                     *         "clientOrderId": "desk-1",
                     *         "createTime": 1380893400000,
                     *         "duration": {
                     *           "type": "gtc"
                     *         },
                     *         "filledQty": 100,
                     *         "id": "O2",
                     *         "limitPrice": 168.15,
                     *         "offset": 4,
                     *         "qty": 100,
                     *         "side": "buy",
                     *         "status": "filled",
                     *         "symbol": "SPY",
                     *         "type": "limit",
                     *         "updateTime": 1380893400000
                     *       },
                     *       "orderId": "O2"
                     *     }
                     */
                    "application/json": components["schemas"]["PlaceOrderResult"];
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
            /** @description Codes: `account-unknown`, `position-unknown` */
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
            /** @description Codes: `brackets-not-allowed`, `buying-power-insufficient`, `change-not-allowed`, `client-order-id-duplicate`, `close-quantity-too-large`, `currency-unsupported`, `duration-end-missing`, `duration-end-not-allowed`, `duration-end-past`, `duration-not-allowed`, `idempotency-key-reused`, `leverage-out-of-range`, `nothing-to-close`, `order-notional-exceeded`, `order-rate-exceeded`, `position-notional-exceeded`, `price-missing`, `price-not-allowed`, `price-not-positive`, `price-tick`, `quantity-below-filled`, `quantity-not-positive`, `quantity-step`, `quantity-too-large`, `quantity-too-small`, `quote-stale`, `quote-unavailable`, `session-closed`, `stop-loss-wrong-side`, `stop-would-trigger`, `stops-conflict`, `symbol-not-tradable`, `take-profit-wrong-side`, `terms-not-allowed`, `trading-halted`, `trading-reduce-only`, `trailing-pips-not-positive`, `validation-failed` */
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
    reverse_position: {
        parameters: {
            query?: {
                /**
                 * @description Default: the demo account.
                 * @example DEMO
                 */
                accountId?: string;
            };
            header?: {
                /**
                 * @description Chosen by the caller; repeating the request with it gives the first answer again.
                 * @example 3f0e9c1b6f2f4c56
                 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @example P6 */
                positionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description `true` if this is the answer that the same command had before. */
                    "Idempotent-Replayed"?: "true";
                    /** @description Journal offset at which the command was done; the private streams pass it. */
                    "X-Stream-Offset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "order": {
                     *         "avgPrice": 168.12,
                     *         "clientOrderId": "desk-1",
                     *         "createTime": 1380893400000,
                     *         "duration": {
                     *           "type": "gtc"
                     *         },
                     *         "filledQty": 100,
                     *         "id": "O2",
                     *         "limitPrice": 168.15,
                     *         "offset": 4,
                     *         "qty": 100,
                     *         "side": "buy",
                     *         "status": "filled",
                     *         "symbol": "SPY",
                     *         "type": "limit",
                     *         "updateTime": 1380893400000
                     *       },
                     *       "orderId": "O2"
                     *     }
                     */
                    "application/json": components["schemas"]["PlaceOrderResult"];
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
            /** @description Codes: `account-unknown`, `position-unknown` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `brackets-not-allowed`, `buying-power-insufficient`, `change-not-allowed`, `client-order-id-duplicate`, `close-quantity-too-large`, `currency-unsupported`, `duration-end-missing`, `duration-end-not-allowed`, `duration-end-past`, `duration-not-allowed`, `idempotency-key-reused`, `leverage-out-of-range`, `nothing-to-close`, `order-notional-exceeded`, `order-rate-exceeded`, `position-notional-exceeded`, `price-missing`, `price-not-allowed`, `price-not-positive`, `price-tick`, `quantity-below-filled`, `quantity-not-positive`, `quantity-step`, `quantity-too-large`, `quantity-too-small`, `quote-stale`, `quote-unavailable`, `session-closed`, `stop-loss-wrong-side`, `stop-would-trigger`, `stops-conflict`, `symbol-not-tradable`, `take-profit-wrong-side`, `terms-not-allowed`, `trading-halted`, `trading-reduce-only`, `trailing-pips-not-positive`, `validation-failed` */
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
            /** @description Codes: `market-data-unavailable`, `storage-unavailable` */
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
