/** Stands in a text of a test where the caret does. */
export const CARET = '‸';
