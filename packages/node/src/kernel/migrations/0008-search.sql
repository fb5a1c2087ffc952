-- The register is searched by the beginning or the end of a number: each has its index, or a search reads every item.
create index item_control_begins on item (control text_pattern_ops);
create index item_control_ends on item (reverse(control) text_pattern_ops);
create index item_registered_begins on item (registered text_pattern_ops);
create index item_registered_ends on item (reverse(registered) text_pattern_ops);
