-- What 17 brought: NOT NULL constraints of domains have names, MAINTAIN.
CREATE DOMAIN evil.named AS text CONSTRAINT "must Be" NOT NULL CHECK (VALUE <> '');
COMMENT ON CONSTRAINT "must Be" ON DOMAIN evil.named IS 'must';
COMMENT ON CONSTRAINT positive_not_null ON DOMAIN evil.positive IS 'standard name, still a comment';
GRANT MAINTAIN ON evil.t TO types_chain;
