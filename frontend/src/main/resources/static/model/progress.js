/**
 * How a change goes that was asked for, for the element that shows it: {busy, note, refusal}, both texts empty where
 * there is nothing to say.
 *
 * @param command {phase, message}; null or undefined while nothing was asked for
 */
export function progress(command) {
  const phase = command?.phase ?? null;
  return {
    busy: phase === 'sent' || phase === 'pending',
    note: phase === 'pending' ? 'It is on its way: it takes a little longer than usual.' : '',
    refusal: phase === 'refused' ? command.message : '',
  };
}
