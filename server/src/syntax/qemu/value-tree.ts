/** What QEMU reads from JSON or from dotted keys, before any schema looks at it. */

import type { MappedText } from '../mapped-text.js';
import type { Span } from '../span.js';

interface NodeBase {
  readonly span: Span;
}

/** `text`: a string's decoded text, or a number or keyword as written. `at`: its place in the text it was read from. */
export interface ScalarNode extends NodeBase {
  readonly kind: 'string' | 'number' | 'boolean' | 'null';
  readonly text: string;
  readonly at: number;
  /** A string's text with the place of each character. */
  readonly mapped: MappedText | null;
}

export interface ObjectNode extends NodeBase {
  readonly kind: 'object';
  /** In order; of a repeated key the last counts. */
  readonly members: readonly MemberNode[];
}

export interface ListNode extends NodeBase {
  readonly kind: 'list';
  readonly items: readonly ValueNode[];
}

export type ValueNode = ScalarNode | ObjectNode | ListNode;

export interface MemberNode {
  readonly key: string;
  readonly keySpan: Span;
  readonly span: Span;
  readonly value: ValueNode;
}
