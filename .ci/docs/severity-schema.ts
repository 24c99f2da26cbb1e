/** The setting `rbdcache.severity` of the extension's manifest: one property a rule. */
import type { Rule } from '../../server/src/rules/rule.js';

const CHOICES = ['error', 'warning', 'information', 'hint', 'off'];

export function withSeveritySchema(manifest: string, rules: readonly Rule[]): string {
  const content = JSON.parse(manifest);
  const setting = content.contributes.configuration.properties['rbdcache.severity'];
  setting.properties = Object.fromEntries(
    rules.map(({ id, severity, statement }) => [
      id,
      { type: 'string', enum: CHOICES, markdownDescription: `${statement} By default: ${severity}.` },
    ]),
  );
  setting.additionalProperties = false;
  return `${JSON.stringify(content, null, 2)}\n`;
}
