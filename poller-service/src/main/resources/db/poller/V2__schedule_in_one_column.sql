-- A claim moves the connector's due time to the end of its lease: one column says what is due, and one index is in its order.

UPDATE connector SET next_poll_at = lease_until WHERE next_poll_at < lease_until;
ALTER TABLE connector DROP COLUMN lease_until;
COMMENT ON COLUMN connector.next_poll_at IS
    'when it is due; while it is claimed, when its lease ends, so that it is due again should nothing come of the claim; null: not polled';
COMMENT ON COLUMN connector.lease_holder IS 'the instance whose claim is under way';
