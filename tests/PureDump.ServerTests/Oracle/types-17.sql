-- What 17 brought: the NOT NULL of a domain has a name.
SET client_min_messages = warning;
CREATE DOMAIN types.named AS text CONSTRAINT "must Be" NOT NULL CHECK (VALUE <> '');
COMMENT ON CONSTRAINT "must Be" ON DOMAIN types.named IS 'must';
CREATE DOMAIN types.usual AS text NOT NULL;
COMMENT ON CONSTRAINT usual_not_null ON DOMAIN types.usual IS 'the usual name, still a comment';
