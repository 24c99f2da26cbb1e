import * as l10n from '@vscode/l10n';
import type { DriveTrace } from '../../simulate/model.js';
import type { Span } from '../../syntax/span.js';
import type { CommandRule } from '../rule.js';
import { replaceIn } from '../support/drive-text.js';
import { inCommand, pairName } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { inTitle } from '../support/refusal-words.js';
import { code } from '../support/shown.js';

const PREFIX = 'client.';

export const driveIdPrefixed: CommandRule = {
  id: 'drive-id-prefixed',
  severity: 'warning',
  statement: '`id=client.x` is the client `client.client.x`: the prefix is put there by librados.',
  holds: { qemu: { since: '1.0' } },
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const { user } = trace.image;
      if (user === null || !user.startsWith(PREFIX) || user.length === PREFIX.length) continue;
      const given = giver(trace, user);
      if (given === null) continue;
      const start = context.command.text.indexOf(PREFIX, given.start);
      const removed = start >= 0 && start + PREFIX.length <= given.end ? { start, end: start + PREFIX.length } : null;
      yield findingAt(
        this,
        inCommand(given),
        l10n.t(
          '{0} connects as {1}: librados itself puts {2} before the id. Write {3}.',
          pairName(trace),
          code(`client.${user}`),
          code(PREFIX),
          code(user.slice(PREFIX.length)),
        ),
        {
          fixes:
            removed === null
              ? []
              : [fix(l10n.t('Strip {0}', inTitle(PREFIX)), [replaceIn(removed, '')], { preferred: true })],
        },
      );
    }
  },
};

/** The word that names the client. */
function giver({ syntax }: DriveTrace, user: string): Span | null {
  const inName = syntax.name?.options.find(({ key, value }) => key === 'id' && value === user);
  const options = [...syntax.options, ...(syntax.jsonMembers ?? [])];
  const member = options.find(({ key, value }) => /(?:^|\.)user$/.test(key) && value === user);
  return inName?.valueSpan ?? member?.valueSpan ?? null;
}
