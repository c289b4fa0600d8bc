// Made from the OpenAPI file of the module "broker" by "npm run generate"; never edited.
export interface paths {
    "/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Account
         * @description An account and what it is worth.
         */
        get: operations["get_account"];
        put?: never;
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
        /**
         * List Accounts
         * @description All accounts.
         */
        get: operations["list_accounts"];
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
        /**
         * List Executions
         * @description Executions, newest first.
         */
        get: operations["list_executions"];
        put?: never;
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
        /**
         * List Orders
         * @description Open orders, and those that became final in the present trading day.
         */
        get: operations["list_orders"];
        put?: never;
        /**
         * Place Order
         * @description Place an order: durable when answered. A refusal lists every failed check among its fields.
         */
        post: operations["place_order"];
        delete?: never;
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
        /**
         * Get Order
         * @description One order.
         */
        get: operations["get_order"];
        put?: never;
        post?: never;
        /**
         * Cancel Order
         * @description Cancel an open order: durable when answered.
         */
        delete: operations["cancel_order"];
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
        /**
         * Orders History
         * @description Final orders, newest first.
         */
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
        /**
         * Preview Order
         * @description What an order would cost, and every reason for which it would be refused; nothing is placed.
         */
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
        /**
         * List Positions
         * @description Open positions.
         */
        get: operations["list_positions"];
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
         * AccountInfo
         * @description An account with its worth and the position of its journal.
         */
        AccountInfo: {
            /** Currency */
            currency: string;
            /** Currencysign */
            currencySign: string;
            /** Epoch */
            epoch: string;
            equity: components["schemas"]["EquityData"];
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Offset */
            offset: number;
            /**
             * Tradingstate
             * @constant
             */
            tradingState: "active";
            /**
             * Type
             * @constant
             */
            type: "paper";
        };
        /**
         * AccountMetainfo
         * @description Name of an account.
         */
        AccountMetainfo: {
            /** Currency */
            currency: string;
            /** Currencysign */
            currencySign: string;
            /** Id */
            id: string;
            /** Name */
            name: string;
            /**
             * Type
             * @constant
             */
            type: "paper";
        };
        /**
         * DurationType
         * @description How long an order works: until the session's end, or until it is canceled.
         * @enum {string}
         */
        DurationType: "day" | "gtc";
        /**
         * EquityData
         * @description What an account is worth at the market's time `time`.
         */
        EquityData: {
            /** Balance */
            balance: number;
            /** Equity */
            equity: number;
            /**
             * Marginavailable
             * @description Equity less margin used and less what open orders reserve.
             */
            marginAvailable: number;
            /** Marginused */
            marginUsed: number;
            /** Positions */
            positions: components["schemas"]["PositionProfit"][];
            /** Realizedpl */
            realizedPL: number;
            /**
             * Time
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            time: number;
            /** Unrealizedpl */
            unrealizedPL: number;
        };
        /**
         * Execution
         * @description One fill.
         */
        Execution: {
            /** Commission */
            commission: number;
            /** Id */
            id: string;
            /**
             * Offset
             * @description Journal offset of the last change.
             * @example 7
             */
            offset: number;
            /** Orderid */
            orderId: string;
            /** Price */
            price: number;
            /** Qty */
            qty: number;
            /**
             * Realizedpl
             * @description Of the part that closed.
             */
            realizedPL?: number;
            side: components["schemas"]["Side"];
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
         * ExecutionsPage
         * @description Executions, newest first.
         */
        ExecutionsPage: {
            /** Executions */
            executions: components["schemas"]["Execution"][];
            /** Nextcursor */
            nextCursor?: string;
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
         * OrderDuration
         * @description Time in force.
         */
        OrderDuration: {
            type: components["schemas"]["DurationType"];
        };
        /**
         * OrderPreview
         * @description What an order would cost, and every reason for which it would be refused.
         */
        OrderPreview: {
            /** Buyingpowerafter */
            buyingPowerAfter?: number;
            /** Commission */
            commission?: number;
            /** Errors */
            errors: string[];
            /** Estimatedprice */
            estimatedPrice?: number;
            /** Estimatedvalue */
            estimatedValue?: number;
            /** Marginrequired */
            marginRequired?: number;
            /** Sections */
            sections: components["schemas"]["PreviewSection"][];
            /** Warnings */
            warnings: string[];
        };
        /**
         * OrdersPage
         * @description Final orders, newest first.
         */
        OrdersPage: {
            /** Nextcursor */
            nextCursor?: string;
            /** Orders */
            orders: components["schemas"]["PlacedOrder"][];
        };
        /**
         * OrderStatus
         * @description Where an order is in its life; filled, canceled, rejected and expired are final.
         * @enum {string}
         */
        OrderStatus: "placing" | "inactive" | "working" | "filled" | "canceled" | "rejected" | "expired";
        /**
         * OrderType
         * @description At which price an order may fill.
         * @enum {string}
         */
        OrderType: "market" | "limit";
        /**
         * PlacedOrder
         * @description An order as the account knows it; the `orders` topic carries one per change.
         */
        PlacedOrder: {
            /** Avgprice */
            avgPrice?: number;
            /** Clientorderid */
            clientOrderId?: string;
            /**
             * Createtime
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            createTime: number;
            duration: components["schemas"]["OrderDuration"];
            /** Filledqty */
            filledQty: number;
            /** Id */
            id: string;
            /** Limitprice */
            limitPrice?: number;
            /**
             * Offset
             * @description Journal offset of the last change.
             * @example 7
             */
            offset: number;
            /** Qty */
            qty: number;
            /** Rejectreason */
            rejectReason?: string;
            side: components["schemas"]["Side"];
            status: components["schemas"]["OrderStatus"];
            /** Symbol */
            symbol: string;
            type: components["schemas"]["OrderType"];
            /**
             * Updatetime
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            updateTime: number;
        };
        /**
         * PlaceOrderResult
         * @description The order was accepted and is durable.
         */
        PlaceOrderResult: {
            order: components["schemas"]["PlacedOrder"];
            /** Orderid */
            orderId: string;
        };
        /**
         * Position
         * @description Holding of one symbol; sent once with `qty` 0 when it is closed.
         */
        Position: {
            /** Avgprice */
            avgPrice: number;
            /** Id */
            id: string;
            /**
             * Offset
             * @description Journal offset of the last change.
             * @example 7
             */
            offset: number;
            /**
             * Qty
             * @description Never negative; 0 is closed.
             */
            qty: number;
            /** Realizedpl */
            realizedPL: number;
            side: components["schemas"]["Side"];
            /** Symbol */
            symbol: string;
            /**
             * Updatetime
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            updateTime: number;
        };
        /**
         * PositionProfit
         * @description Open profit or loss of one position, in the account's currency; longs at the bid, shorts at the ask.
         */
        PositionProfit: {
            /** Id */
            id: string;
            /** Unrealizedpl */
            unrealizedPL: number;
        };
        /**
         * PreOrder
         * @description An order to place or to preview.
         */
        PreOrder: {
            /**
             * Clientorderid
             * @description The caller's own name, unique per account.
             */
            clientOrderId?: string;
            /** @description Default: gtc. */
            duration?: components["schemas"]["OrderDuration"];
            /**
             * Limitprice
             * @description For limit orders, and only for them.
             */
            limitPrice?: number;
            /**
             * Qty
             * @example 100
             */
            qty: number;
            side: components["schemas"]["Side"];
            /**
             * Symbol
             * @example SPY
             */
            symbol: string;
            type: components["schemas"]["OrderType"];
        };
        /**
         * PreviewRow
         * @description One line of a preview.
         */
        PreviewRow: {
            /** Title */
            title: string;
            /** Value */
            value: string;
        };
        /**
         * PreviewSection
         * @description A group of lines of a preview.
         */
        PreviewSection: {
            /** Header */
            header?: string;
            /** Rows */
            rows: components["schemas"]["PreviewRow"][];
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
         * Side
         * @description Direction of an order or a position.
         * @enum {string}
         */
        Side: "buy" | "sell";
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
                /** @description Default: the demo account. */
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
                    "application/json": components["schemas"]["AccountInfo"];
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
            /** @description Codes: `market-data-unavailable` */
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
                    "application/json": components["schemas"]["AccountMetainfo"][];
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
            /** @description Codes: `storage-unavailable` */
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
                /** @description Default: the demo account. */
                accountId?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string | null;
                /** @description Most entries of a page. */
                limit?: number;
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
                    "application/json": components["schemas"]["ExecutionsPage"];
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
            /** @description Codes: `validation-failed`, `cursor-invalid` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `storage-unavailable` */
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
                /** @description Default: the demo account. */
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
                    "application/json": components["schemas"]["PlacedOrder"][];
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
            /** @description Codes: `storage-unavailable` */
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
                /** @description Default: the demo account. */
                accountId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreOrder"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description Journal offset at which the command was done; the private streams pass it. */
                    "X-Stream-Offset"?: number;
                    [name: string]: unknown;
                };
                content: {
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
            /** @description Codes: `validation-failed`, `symbol-not-tradable`, `currency-unsupported`, `quantity-not-positive`, `quantity-too-small`, `quantity-too-large`, `quantity-step`, `price-missing`, `price-not-allowed`, `price-not-positive`, `price-tick`, `client-order-id-duplicate`, `quote-unavailable`, `buying-power-insufficient` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `storage-unavailable`, `market-data-unavailable` */
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
                /** @description Default: the demo account. */
                accountId?: string;
            };
            header?: never;
            path: {
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
                    "application/json": components["schemas"]["PlacedOrder"];
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
            /** @description Codes: `storage-unavailable` */
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
                /** @description Default: the demo account. */
                accountId?: string;
            };
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Journal offset at which the command was done; the private streams pass it. */
                    "X-Stream-Offset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacedOrder"];
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
            /** @description Codes: `validation-failed` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `storage-unavailable`, `market-data-unavailable` */
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
                /** @description Default: the demo account. */
                accountId?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string | null;
                /** @description Most entries of a page. */
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
                    "application/json": components["schemas"]["OrdersPage"];
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
            /** @description Codes: `validation-failed`, `cursor-invalid` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `storage-unavailable` */
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
                /** @description Default: the demo account. */
                accountId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
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
            /** @description Codes: `market-data-unavailable` */
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
                /** @description Default: the demo account. */
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
                    "application/json": components["schemas"]["Position"][];
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
            /** @description Codes: `storage-unavailable` */
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
