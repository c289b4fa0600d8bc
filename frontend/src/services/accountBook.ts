/** What the account's streams have told so far: the one source of orders, positions and executions. */
import type { Execution, Order, Position } from '@/trading/broker';
import { isFinal } from '@/trading/constants';

export class AccountBook {
  private readonly orders = new Map<string, Order>();
  private readonly positions = new Map<string, Position>();
  private readonly executions = new Map<string, Execution>();

  replaceOrders(orders: Order[]): void {
    this.orders.clear();
    for (const order of orders) this.orders.set(order.id, order);
  }

  replacePositions(positions: Position[]): void {
    this.positions.clear();
    for (const position of positions) this.positions.set(position.id, position);
  }

  replaceExecutions(executions: Execution[]): void {
    this.executions.clear();
    for (const execution of executions) this.executions.set(execution.id, execution);
  }

  /** False for what is not newer than what is known: an answer over HTTP and the stream may cross. */
  takeOrder(order: Order): boolean {
    const known = this.orders.get(order.id);
    if (known !== undefined && known.offset >= order.offset) return false;
    this.orders.set(order.id, order);
    return true;
  }

  takePosition(position: Position): boolean {
    const known = this.positions.get(position.id);
    if (known !== undefined && known.offset >= position.offset) return false;
    if (position.qty === 0) this.positions.delete(position.id);
    else this.positions.set(position.id, position);
    return true;
  }

  takeExecution(execution: Execution): boolean {
    if (this.executions.has(execution.id)) return false;
    this.executions.set(execution.id, execution);
    return true;
  }

  allOrders(): Order[] {
    return [...this.orders.values()];
  }

  orderNamed(clientOrderId: string): Order | undefined {
    return this.allOrders().find((order) => order.clientOrderId === clientOrderId);
  }

  position(id: string): Position | undefined {
    return this.positions.get(id);
  }

  /** Whether the order may still change the position: it is open, or filled and not yet booked there. */
  isUnderWay(orderId: string, position: Position): boolean {
    const order = this.orders.get(orderId);
    if (order === undefined) return false;
    if (!isFinal(order.status)) return true;
    return order.filledQty > 0 && order.offset > position.offset;
  }

  openPositions(): Position[] {
    return [...this.positions.values()].filter((position) => position.qty > 0);
  }

  allExecutions(): Execution[] {
    return [...this.executions.values()];
  }
}
