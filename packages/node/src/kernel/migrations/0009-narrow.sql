-- What is read with every bundle and every act does not carry the wide texts along: the cards of a link are read
-- again only when their digest is a new one, and the size of the cosigned note stands beside it.
alter table partner add column cards_digest text not null default '';
update partner set cards_digest = encode(sha256(convert_to(card || our_card, 'UTF8')), 'hex');
alter table log add column note_size bigint not null default -1;
update log set note_size = split_part(witnessed_note, chr(10), 2)::bigint where witnessed_note is not null;
