-- What 14 brought: compatible arrays, support functions with options.
SET client_min_messages = warning;
CREATE OPERATOR operators.|~| (FUNCTION = array_append, LEFTARG = anycompatiblearray, RIGHTARG = anycompatible);
ALTER OPERATOR FAMILY operators.loose USING btree ADD FUNCTION 4 (integer, integer) btequalimage(oid);
