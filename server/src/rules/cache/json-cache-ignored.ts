import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { cacheModeName } from '../../catalog/qemu-options.js';
import type { DriveTrace } from '../../simulate/model.js';
import type { CommandRule } from '../rule.js';
import { appendOption } from '../support/drive-text.js';
import { driveFinding, inCommand, qemuName } from '../support/drive-words.js';
import { fix } from '../support/finding.js';
import { code } from '../support/shown.js';

export const jsonCacheIgnored: CommandRule = {
  id: 'json-cache-ignored',
  severity: 'warning',
  statement: 'A `cache` object at the top of a `json:` name never counts in `-drive`.',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const { syntax, releases, cacheMode } = trace;
      if (!qemuBehaviour(releases.qemu).cacheOfNodes || (trace.error !== null && trace.error.stage !== 'open'))
        continue;
      const direct = memberOf(trace, 'cache.direct');
      const noFlush = memberOf(trace, 'cache.no-flush');
      const differing = [
        ...(direct !== undefined && isOn(direct.value) !== cacheMode.direct ? [direct] : []),
        ...(noFlush !== undefined && isOn(noFlush.value) !== cacheMode.noFlush ? [noFlush] : []),
      ];
      const [first] = differing;
      if (first === undefined) continue;
      const wanted = cacheModeName(
        direct === undefined ? cacheMode.direct : isOn(direct.value),
        noFlush === undefined ? cacheMode.noFlush : isOn(noFlush.value),
        cacheMode.writeback,
      );
      const canSay =
        !syntax.options.some(({ key }) => key === 'cache' || /(?:^|\.)cache\./.test(key)) && /^[a-z]+$/.test(wanted);
      yield driveFinding(
        this,
        inCommand(first.span),
        `${qemuName(trace)} ignores ${code(first.key)} at the top of a json: name: ${code('-drive')} has filled in its own cache mode, ${code(cacheMode.name)}, before it reads the name. ` +
          `Say ${code(`cache=${wanted}`)} to the drive, or put the object into the child node.`,
        {
          tags: ['unnecessary'],
          fixes: canSay
            ? [fix(`Set cache=${wanted} on the drive`, appendOption(syntax, `cache=${wanted}`), { preferred: true })]
            : [],
        },
      );
    }
  },
};

function memberOf({ syntax }: DriveTrace, key: string) {
  return syntax.jsonMembers?.find((member) => member.key === key && member.effective && !member.unknown);
}

function isOn(value: string): boolean {
  return /^(?:on|yes|true|y)$/.test(value);
}
