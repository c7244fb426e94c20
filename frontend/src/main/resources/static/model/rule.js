import { IRREVERSIBLE, sentence, verdictWords } from './approval.js';
import { TIERS, tierLabel } from './autonomy.js';
import { amountText, centsOf } from './money.js';
import { counted } from './time.js';

/** Rules as people write them: what can be looked at, how, and what becomes of it. */

const RISK_TIERS = ['negligible', 'low', 'moderate', 'high', 'critical'];
const EQUALITY = ['eq', 'neq'];
const TEXTS = ['eq', 'neq', 'contains', 'in', 'not_in'];
const ORDERED = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'in', 'not_in'];

const rank = (label, { words = RISK_TIERS, hint = '' } = {}) => ({ label, operators: ORDERED, words, hint });
const text = (label, hint = '') => ({ label, operators: TEXTS, words: [], hint });
const word = (label, words) => ({ label, operators: TEXTS, words });

/** Fields by name, as {label, operators, words, kind, hint}; `words` are the only values that it can have. */
export const FIELDS = {
  domain: text('Domain'),
  actionType: text('Kind of action'),
  description: text('Description'),
  connector: text('Connector', 'Its short name, such as gmail or google-calendar.'),
  estimatedCostCents: { label: 'Cost', operators: ORDERED, words: [], kind: 'amount' },
  reversible: { label: 'Can be undone', operators: EQUALITY, words: ['true', 'false'], kind: 'boolean' },
  provenance: word('Origin', ['user_originated', 'trusted_context', 'untrusted_external']),
  urgency: word('Urgency', ['immediate', 'normal', 'low']),
  trustTier: rank('Level of trust', { words: TIERS.map(({ tier }) => tier) }),
  riskTier: rank('Risk altogether', {
    hint: 'As your assistant gives it. Cards show the worst of all respects, which can be asked about one by one.',
  }),
  reversibility: rank(`Risk: ${IRREVERSIBLE}`),
  financial_impact: rank('Risk: financial impact'),
  legal_sensitivity: rank('Risk: legal sensitivity'),
  privacy_sensitivity: rank('Risk: privacy sensitivity'),
  relationship_sensitivity: rank('Risk: relationship sensitivity'),
  operational_risk: rank('Risk: operational risk'),
};

export const OPERATORS = {
  eq: 'is',
  neq: 'is not',
  gt: 'is above',
  gte: 'is at least',
  lt: 'is below',
  lte: 'is at most',
  in: 'is one of',
  not_in: 'is none of',
  contains: 'contains',
};

export const EFFECTS = { require_approval: 'ask me', deny: 'deny it', allow: 'make an exception' };

/** A comma without a space after it may stand before cents. */
const BETWEEN_AMOUNTS = /;|,(?=\s|$)/;

/** A rule to begin with. */
export function newRule() {
  return { field: 'domain', operator: 'eq', value: '', effect: 'require_approval', reason: '' };
}

/** Whether something was written to compare to. */
export function isWritten({ value }) {
  return Array.isArray(value) ? value.length > 0 : value !== '';
}

/** What the server says of rules, in words for people: "rules[0].value is ..." as "the value of rule 1 is ...". */
export function inWords(message) {
  return message.replace(/rules\[(\d+)\](?:\.(\w+))?/g, (_, index, part) => {
    const rule = `rule ${Number(index) + 1}`;
    return part ? `the ${part} of ${rule}` : rule;
  });
}

/** How several values are written into an input. */
export function listHint(field) {
  const { words = [], kind } = FIELDS[field] ?? {};
  if (words.length > 0) return `Some of ${words.join(', ')}.`;
  return kind === 'amount' ? 'Several, with semicolons, or a comma and a space, between.' : 'Several, with commas between.';
}

/** Whether an operator compares to a list. */
export function takesList(operator) {
  return operator === 'in' || operator === 'not_in';
}

/** How a value is shown to be picked: "moderate_autonomy" as "Moderate autonomy". */
export function valueLabel(field, value) {
  if (field === 'reversible') return value === 'true' ? 'Yes' : 'No';
  return field === 'trustTier' ? tierLabel(value) : sentence(value);
}

/** A rule's value as it stands in an input. */
export function valueText({ field, value }) {
  const amount = kindOf(field) === 'amount';
  const one = (each) => (amount && typeof each === 'number' ? amountText(each) : String(each ?? ''));
  return Array.isArray(value) ? value.map(one).join(', ') : one(value);
}

/**
 * What stands in an input as a rule's value. What can not be read stays the text that it is: the server then says what
 * is wrong with it, and where.
 *
 * @param was the rule before: what stands there as it stood is the value that it was, for not every one can be written in
 *   an input, such as several texts of which one has a comma
 */
export function valueOf({ field, operator }, written, was = null) {
  if (was?.field === field && was.operator === operator && written === inOneLine(valueText(was))) return was.value;
  const one = (each) => {
    switch (kindOf(field)) {
      case 'boolean':
        return each === 'true' || (each === 'false' ? false : each);
      case 'amount':
        return centsOf(each) ?? each;
      default:
        return each;
    }
  };
  if (!takesList(operator)) return one(written.trim());
  return written
    .split(kindOf(field) === 'amount' ? BETWEEN_AMOUNTS : ',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map(one);
}

/** A rule in one sentence, for lists. */
export function ruleSentence(rule) {
  const { words = [] } = Object.hasOwn(FIELDS, rule.field) ? FIELDS[rule.field] : {};
  const label = FIELDS[rule.field]?.label ?? rule.field;
  const shown = words.length > 0 ? shownWords(rule) : valueText(rule);
  const effect = EFFECTS[rule.effect] ?? rule.effect;
  const compared = OPERATORS[rule.operator] ?? rule.operator;
  return `If ${label.charAt(0).toLowerCase()}${label.slice(1)} ${compared} ${shown}, ${effect}`;
}

/** What a rule would have done: {applied, changed} as sentences. */
export function previewWords({ matched, stricter, looser }, actions) {
  if (actions === 0) return 'There are no actions yet to try it on.';
  const among = `${counted(actions, 'action')}`;
  if (matched === 0) return `It would have applied to none of the last ${among}.`;
  const changes = [];
  if (stricter > 0) changes.push(`${stricter} more strictly`);
  if (looser > 0) changes.push(`${looser} less strictly`);
  const judged = changes.length === 0 ? 'none of them judged otherwise' : `${changes.join(' and ')} judged`;
  return `It would have applied to ${matched} of the last ${among}: ${judged}.`;
}

/** One action of a preview: "Archive a newsletter: was done by itself, would have been asked about". */
export function exampleWords({ description, before, after }) {
  return before === after
    ? `${description}: ${verdictWords(before)}, as it was`
    : `${description}: was ${verdictWords(before)}, would have been ${verdictWords(after)}`;
}

/** A text as an input takes it. */
function inOneLine(text) {
  return text.replace(/[\r\n]/g, '');
}

function shownWords({ field, value }) {
  const label = (each) => valueLabel(field, String(each)).toLowerCase();
  return Array.isArray(value) ? value.map(label).join(', ') : label(value);
}

function kindOf(field) {
  return Object.hasOwn(FIELDS, field) ? FIELDS[field].kind : undefined;
}
