/** What words of a document can be told apart as: the protocol's own names, by their places in these lists. */
export const SEMANTIC_TYPES = ['namespace', 'property', 'string', 'variable', 'enumMember', 'number'] as const;
export const SEMANTIC_MODIFIERS = ['overridden'] as const;
