// What becomes of messages on their way: rules that hold, lose or double them, and the pool of those
// that are held. The first rule that fits decides.
import type { Message, NodeId } from '../../src/protocol/index.ts';
import { nodeName } from './names.ts';

export interface Letter {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly message: Message;
}

export interface Rule {
  readonly action: 'hold' | 'lose' | 'duplicate';
  /** Names of nodes, or `*`. */
  readonly from: string;
  readonly to: string;
  /** A kind of message, or `*`. */
  readonly kind: string;
  /** How many letters it still applies to. */
  left: number;
}

export class Network {
  private rules: Rule[] = [];
  private pool: Letter[] = [];
  /** Replicas whose segments nobody else can reach, and replicas that reach nobody else's. */
  readonly unreadable = new Set<NodeId>();
  readonly unreading = new Set<NodeId>();

  add(rule: Rule): void {
    this.rules.push(rule);
  }

  /** Takes away the rules of one action. */
  remove(action: Rule['action']): void {
    this.rules = this.rules.filter((rule) => rule.action !== action);
  }

  /** What the rules say about this letter; a rule for a number of letters is used up. */
  judge(letter: Letter): Rule['action'] | 'deliver' {
    const rule = this.rules.find((other) => other.left > 0 && fits(other, letter));
    if (rule === undefined) return 'deliver';
    rule.left--;
    return rule.action;
  }

  hold(letter: Letter): void {
    this.pool.push(letter);
  }

  /** Everything held, oldest first; the pool is empty afterwards. */
  takeHeld(): Letter[] {
    return this.pool.splice(0);
  }

  held(): readonly Letter[] {
    return this.pool;
  }

  canFetch(by: NodeId, from: NodeId): boolean {
    return by === from || !(this.unreadable.has(from) || this.unreading.has(by));
  }
}

function fits(rule: Rule, { from, to, message }: Letter): boolean {
  const is = (pattern: string, value: string): boolean => pattern === '*' || pattern === value;
  return is(rule.from, nodeName(from)) && is(rule.to, nodeName(to)) && is(rule.kind, message.kind);
}
