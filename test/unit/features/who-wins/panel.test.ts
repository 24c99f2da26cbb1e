/** The parts of the panel that need no window: keys in the grid, messages of the page. */
import { describe, expect, test } from 'vitest';
import { pageMessage, remembered } from '../../../../client/src/who-wins/messages.js';
import { moved } from '../../../../client/src/who-wins/view/grid-keys.js';

describe('keys in a grid of 5 by 3, from row 2, column 1', () => {
  test.each([
    ['ArrowUp', false, [1, 1]],
    ['ArrowDown', false, [3, 1]],
    ['ArrowLeft', false, [2, 0]],
    ['ArrowRight', false, [2, 2]],
    ['Home', false, [2, 0]],
    ['End', false, [2, 2]],
    ['Home', true, [0, 0]],
    ['End', true, [4, 2]],
    ['PageUp', false, [0, 1]],
    ['PageDown', false, [4, 1]],
    ['Enter', false, null],
    ['Tab', false, null],
  ])('%s (to the end: %s) leads to %o', (key, toEnd, to) => {
    const place = moved({ row: 2, column: 1 }, key, toEnd, { row: 5, column: 3 });
    expect(place && [place.row, place.column]).toEqual(to);
  });

  test('stay within', () => {
    expect(moved({ row: 0, column: 0 }, 'ArrowUp', false, { row: 1, column: 1 })).toEqual({ row: 0, column: 0 });
    expect(moved({ row: 0, column: 0 }, 'ArrowRight', false, { row: 1, column: 1 })).toEqual({ row: 0, column: 0 });
  });
});

const PAIR = { qemu: '2.2', librbd: '0.87' };
const PLACE = { uri: 'file:///vm.qemu', position: { line: 1, character: 2 } };

describe('messages of the page', () => {
  test.each([
    { type: 'ready' },
    { type: 'explain', pair: PAIR, option: 'rbd_cache' },
    { type: 'use', pair: PAIR },
    { type: 'open', place: PLACE },
    { type: 'export', format: 'svg' },
    { type: 'drawn', rows: 5, columns: 3, ladder: 'rbd_cache' },
  ])('$type', (message) => expect(pageMessage(message)).toEqual(message));

  test.each([
    undefined,
    null,
    'ready',
    [],
    {},
    { type: 'other' },
    { type: 'explain', pair: { qemu: 2 }, option: 'x' },
    { type: 'use' },
    { type: 'open', place: { uri: 'file:///x', position: null } },
    { type: 'export', format: 'exe' },
    { type: 'drawn', rows: '5', columns: 3, ladder: '' },
  ])('%o is none', (message) => expect(pageMessage(message)).toBeUndefined());
});

describe('what a page kept', () => {
  test.each([
    [
      { target: { ...PLACE, drive: 'd0' }, pair: PAIR, option: 'rbd_cache' },
      { pair: PAIR, option: 'rbd_cache' },
    ],
    [
      { target: { ...PLACE, drive: 'd0' }, pair: 5 },
      { pair: null, option: '' },
    ],
  ])('%o', (kept, rest) => expect(remembered(kept)).toEqual({ target: { ...PLACE, drive: 'd0' }, ...rest }));

  test.each([undefined, null, {}, { target: PLACE }, { target: { drive: 'd0' } }])('nothing in %o', (kept) =>
    expect(remembered(kept)).toBeUndefined(),
  );
});
