/** The setting `rbdcache.severity` of the extension's manifest: one property a rule, its text in package.nls.json and its translations. */
import type { Rule } from '../../server/src/rules/rule.js';
import type { Translate } from './translate.js';

const CHOICES = ['error', 'warning', 'information', 'hint', 'off'];
const PREFIX = 'severity.';

export function withSeveritySchema(manifest: string, rules: readonly Rule[]): string {
  const content = JSON.parse(manifest);
  const setting = content.contributes.configuration.properties['rbdcache.severity'];
  setting.properties = Object.fromEntries(
    rules.map(({ id }) => [id, { type: 'string', enum: CHOICES, markdownDescription: `%${PREFIX}${id}%` }]),
  );
  setting.additionalProperties = false;
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** The manifest's texts: those of the severities are made here, the others are kept. */
export function withSeverityTexts(texts: string, rules: readonly Rule[], translate: Translate): string {
  const others = Object.entries(JSON.parse(texts)).filter(([key]) => !key.startsWith(PREFIX));
  const made = rules.map(({ id, severity, statement }) => [
    `${PREFIX}${id}`,
    translate('{0} By default: {1}.', translate(statement), severity),
  ]);
  return `${JSON.stringify(Object.fromEntries([...others, ...made]), null, 2)}\n`;
}
