import { labelOf, own } from './names.js';

/** Why an action waits, in words for people. Error codes stand in the detail only. */
const REASONS = {
  paused_by_operator: 'The operator has paused auto-execution; what you approve is done nevertheless.',
  paused_by_user: 'You have paused auto-execution; what you approve is done nevertheless.',
  control_state_unknown: 'Whether anything is paused was not known. It is judged again once that is.',
  trust_tier: 'At your level of trust every action waits for you.',
  risk_above_tier: 'It is riskier than what you let it do by itself.',
  risk_unknown: 'Nobody has assessed how risky it is.',
  extreme_action: 'It may destroy more than can be mended.',
  destructive_action: 'It deletes or revokes something, or concerns many things at once.',
  untrusted_irreversible: 'The wish came from outside, and can not be undone.',
  cost_unknown: 'What it costs is not known.',
  irreversible: 'It can not be undone.',
  irreversible_at_risk: 'It can not be undone, and is of more than low risk.',
  quiet_hours: 'These are your quiet hours.',
  policy_rule: 'A rule of yours asks for it.',
  policy_rule_not_evaluable: 'A rule of yours asks about something that it does not say.',
  trust_tier_unknown: 'Your level of trust is not known.',
  domain_blocked: 'You have blocked its domain.',
  domain_not_allowed: 'Its domain is not among those that you allow.',
  spend_above_action_limit: 'It costs more than you allow for one action.',
  spend_above_daily_limit: 'It costs more than is left for today.',
  spend_without_limit: 'It costs something, and no limit is set.',
  legal_sensitivity: 'It may have legal consequences.',
  privacy_sensitivity: 'It touches what is private.',
};

/** Findings that a banner, the risk or the facts of an action say as well. */
const SAID_ANYWAY = new Set([
  'paused_by_operator',
  'paused_by_user',
  'cost_unknown',
  'irreversible',
  'irreversible_at_risk',
  'risk_above_tier',
  'risk_unknown',
  'untrusted_irreversible',
]);

const RISKS = {
  negligible: { words: 'Negligible risk', tone: 'ok' },
  low: { words: 'Low risk', tone: 'ok' },
  moderate: { words: 'Moderate risk', tone: 'amber' },
  high: { words: 'High risk', tone: 'red' },
  critical: { words: 'Critical risk', tone: 'red' },
};

const ORIGINS = {
  user_originated: 'You asked for it.',
  trusted_context: 'It follows from something that you trust.',
};

const VERDICTS = {
  auto_execute: 'done by itself',
  require_approval: 'asked about',
  deny: 'denied',
};

/** How the detail of what a connector lacks ends where there is none. */
const ABSENT = /: not connected$/;

/** How the detail of what a rule of the user's own found begins. */
const OWN_RULE = /^“(.+)” \(policy /;

/** A finding as why it waits, in one sentence; one that this page does not know yet is said so. */
export function reasonWords({ code, detail }, action, catalogue) {
  const rule = code === 'policy_rule' && OWN_RULE.exec(detail ?? '');
  if (rule) return `Your rule “${rule[1]}” asks for it.`;
  if (code === 'connector_not_working') {
    const label = action?.connector ? labelOf(action.connector, catalogue) : 'a connection';
    return ABSENT.test(detail ?? '')
      ? `It needs ${label}, which is not connected. It is judged again once it is.`
      : `It needs ${label}, which does not work at the moment. It is judged again once that is mended.`;
  }
  return own(REASONS, code) ?? 'It needs your approval.';
}

/** Why it waits first of all. */
export function mainReason({ reason, findings, action }, catalogue) {
  return reasonWords(findings.find(({ code }) => code === reason) ?? { code: reason }, action, catalogue);
}

/** Why it would wait even so, in sentences: the other findings, without what its card or a banner says anyway. */
export function otherReasons({ reason, findings, action }, catalogue) {
  const others = findings.filter(({ code, effect }) => effect !== 'allow' && code !== reason && !SAID_ANYWAY.has(code));
  return [...new Set(others.map((finding) => reasonWords(finding, action, catalogue)))].join(' ');
}

/** Words and tone of a risk; none that was assessed is no low one, and what has to be confirmed twice is dangerous. */
export function riskWords(risk, confirmationLevel) {
  if (confirmationLevel === 'dual') return { words: 'Dangerous', tone: 'red' };
  return own(RISKS, worst(risk)) ?? { words: 'Risk not assessed', tone: 'amber' };
}

/** Whether what it does exactly has to be in sight of whoever approves it: it can not be undone, or is of high risk. */
export function isGrave({ action: { reversible, risk }, confirmationLevel }) {
  return !reversible || riskWords(risk, confirmationLevel).tone === 'red';
}

/** What it does exactly: [[name, value], ...], with what would mislead its reader made visible. */
export function parameterRows({ parameters }) {
  return Object.entries(parameters ?? {}).map((parameter) => parameter.map(parameterText));
}

/** What counts: an action is as risky as it is in its worst respect. */
function worst(risk) {
  const order = Object.keys(RISKS);
  const tiers = [risk?.overall, ...Object.values(risk?.dimensions ?? {})];
  return tiers.includes(undefined) ? null : tiers.reduce((one, other) => (order.indexOf(other) > order.indexOf(one) ? other : one));
}

/** Where the wish came from; whatever is not known to be trusted came from outside. */
export function originWords(provenance) {
  return own(ORIGINS, provenance) ?? 'The wish came from outside, such as from a mail.';
}

/** A verdict as what becomes of an action. */
export function verdictWords(verdict) {
  return own(VERDICTS, verdict) ?? 'not known';
}

/** A dimension that is named for the opposite of what is a risk in it. */
export const IRREVERSIBLE = 'can not be undone';

/** The dimensions of a risk, worst first: [["Financial impact", "high"], ...] without those that are negligible. */
export function dimensionRows(risk) {
  const order = Object.keys(RISKS);
  return Object.entries(risk?.dimensions ?? {})
    .filter(([, tier]) => tier !== 'negligible')
    .sort(([, one], [, other]) => order.indexOf(other) - order.indexOf(one))
    .map(([name, tier]) => [name === 'reversibility' ? `Risk that it ${IRREVERSIBLE}` : sentence(name), tier]);
}

/** "financial_impact" as "Financial impact". */
export function sentence(name) {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What is made of joiners and selectors, and is seen: emoji, and letters of scripts that are joined (RFC 5892, appendix A). */
const JOINED = [
  String.raw`\p{ExtPict}[\ufe0e\ufe0f]?\p{EMod}?(?:\u200d\p{ExtPict}[\ufe0e\ufe0f]?\p{EMod}?)*`,
  String.raw`[#*\d]\ufe0f\u20e3`,
  String.raw`\p{scx=Arab}\u200c(?=\p{scx=Arab})`,
  String.raw`[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca][\u200c\u200d]`,
].join('|');

/** What is not seen, or turns the direction of what is: Unicode Standard Annex 9, section 2, and Annex 44. */
const UNSEEN = new RegExp(String.raw`(${JOINED})|(?![\n\t])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]`, 'gu');

/** A value of an action's parameters as text, with what would mislead its reader made visible. */
export function parameterText(value) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(UNSEEN, (found, joined) => joined ?? `[U+${hexOf(found.codePointAt(0))}]`);
}

function hexOf(point) {
  return point.toString(16).toUpperCase().padStart(4, '0');
}
