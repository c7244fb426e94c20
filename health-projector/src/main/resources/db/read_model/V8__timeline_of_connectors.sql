-- Lines about connectors are few among those about actions, and every open page asks for the newest of them.
CREATE INDEX timeline_of_connectors ON timeline (user_id, at) WHERE connector_name IS NOT NULL;
