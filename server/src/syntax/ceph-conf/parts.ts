/**
 * A tree in parts. An edit makes new lines for the part it falls in; the parts before it are taken over as they are, and
 * those behind it are moved, which takes no look at their lines. What is worked out from the lines of a part hangs on its
 * `content`, and so outlives edits elsewhere.
 */
import { firstFrom } from '../edit-between.js';
import type { Span } from '../span.js';
import type { ConfNode, ConfPart, ConfProblem, ConfTree, ParserEra } from './tree.js';

/** Enough for a tree of 100,000 lines to have few parts, and for a part to be looked at in no time. */
const LINES_A_PART = 200;

class PlacedPart implements ConfPart {
  /** Nodes where they stand now, each made when first asked for. */
  private made: (ConfNode | undefined)[] | undefined;
  private all: readonly ConfNode[] | undefined;

  constructor(
    readonly content: readonly ConfNode[],
    readonly by: number,
    readonly lines: number,
  ) {}

  get start(): number {
    return (this.content[0]?.span.start ?? 0) + this.by;
  }

  get nodes(): readonly ConfNode[] {
    if (this.by === 0 && this.lines === 0) return this.content;
    this.all ??= this.content.map((node, index) => this.made?.[index] ?? node.moved(this.by, this.lines));
    return this.all;
  }

  node(index: number): ConfNode | undefined {
    const node = this.content[index];
    if (node === undefined || (this.by === 0 && this.lines === 0)) return node;
    if (this.all !== undefined) return this.all[index];
    this.made ??= [];
    const made = this.made[index] ?? node.moved(this.by, this.lines);
    this.made[index] = made;
    return made;
  }

  moved(by: number, lines: number): PlacedPart {
    return by === 0 && lines === 0 ? this : new PlacedPart(this.content, this.by + by, this.lines + lines);
  }
}

/** The nodes of a text, or of a piece of one, in parts: each but the first starts with a section that opens a line. */
export function partsOf(nodes: readonly ConfNode[], text: string): readonly ConfPart[] {
  const parts: ConfPart[] = [];
  let from = 0;
  for (let at = LINES_A_PART; at < nodes.length; at++) {
    const node = nodes[at];
    if (at - from < LINES_A_PART || node?.kind !== 'section' || !opensLine(text, node.span.start)) continue;
    parts.push(new PlacedPart(nodes.slice(from, at), 0, 0));
    from = at;
  }
  if (from < nodes.length) parts.push(new PlacedPart(from === 0 ? nodes : nodes.slice(from), 0, 0));
  return parts;
}

/** True for a bracket at a line's start that is no continuation of the line before. */
export function opensLine(text: string, at: number): boolean {
  return text[at] === '[' && (at === 0 || (text[at - 1] === '\n' && text[at - 2] !== '\\'));
}

/** The nodes of a tree one by one, for who hardly ever looks at all of them. */
export function* nodesOf({ parts }: ConfTree): Generator<ConfNode> {
  for (const part of parts) {
    for (let index = 0; index < part.content.length; index++) {
      const node = part.node(index);
      if (node !== undefined) yield node;
    }
  }
}

/** The line that holds an offset; the last one for the text's end, undefined in an empty text. */
export function nodeAt({ parts }: ConfTree, offset: number): ConfNode | undefined {
  const part = parts[Math.max(0, firstFrom(parts.length, (index) => parts[index]?.start ?? 0, offset + 1) - 1)];
  if (part === undefined) return undefined;
  const { content, by } = part;
  const next = firstFrom(content.length, (index) => content[index]?.span.start ?? 0, offset - by + 1);
  return part.node(Math.max(0, next - 1));
}

/** A tree given by its nodes or by its parts; the other one is made when first asked for. */
class PartedTree implements ConfTree {
  readonly rejected: boolean;

  constructor(
    readonly era: ParserEra,
    readonly text: string,
    private ownNodes: readonly ConfNode[] | undefined,
    private ownParts: readonly ConfPart[] | undefined,
    readonly problems: readonly ConfProblem[],
    readonly abortsAt: Span | null,
  ) {
    this.rejected = era === 'C' && problems.length > 0;
  }

  get nodes(): readonly ConfNode[] {
    this.ownNodes ??= this.parts.flatMap((part) => part.nodes);
    return this.ownNodes;
  }

  get parts(): readonly ConfPart[] {
    this.ownParts ??= partsOf(this.ownNodes ?? [], this.text);
    return this.ownParts;
  }
}

export function treeOfNodes(
  era: ParserEra,
  text: string,
  nodes: readonly ConfNode[],
  problems: readonly ConfProblem[],
  abortsAt: Span | null,
): ConfTree {
  return new PartedTree(era, text, nodes, undefined, problems, abortsAt);
}

export function treeOfParts(
  era: ParserEra,
  text: string,
  parts: readonly ConfPart[],
  problems: readonly ConfProblem[],
  abortsAt: Span | null,
): ConfTree {
  return new PartedTree(era, text, undefined, parts, problems, abortsAt);
}
