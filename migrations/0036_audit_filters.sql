-- Each combination of filters of the audit trail finds its lines by an index, in their order, however long the
-- trail is. (Of one thing there are few lines: what else is asked of it is looked at line by line.)
CREATE INDEX audit_event_actor_kind ON audit_event (org_id, actor_id, entity_kind, happened_at DESC, id DESC);
CREATE INDEX audit_event_actor_action ON audit_event (org_id, actor_id, action, happened_at DESC, id DESC);
CREATE INDEX audit_event_kind_action ON audit_event (org_id, entity_kind, action, happened_at DESC, id DESC);
CREATE INDEX audit_event_actor_kind_action
    ON audit_event (org_id, actor_id, entity_kind, action, happened_at DESC, id DESC);
