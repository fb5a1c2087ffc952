-- The register is read newest first, and backwards by id within one instant: an index of the other direction sorts all of it.
drop index item_recent;
create index item_recent on item (coalesce(received_at, released_at) desc, id desc);
