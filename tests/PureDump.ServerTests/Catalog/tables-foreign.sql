-- Foreign tables. Apart from tables.sql while wrappers and servers are not dumped; runs after it.
SET client_min_messages = warning;
CREATE FOREIGN DATA WRAPPER dummy;
CREATE SERVER "Some Server" FOREIGN DATA WRAPPER dummy;
CREATE FOREIGN TABLE plain.foreign (
    a integer OPTIONS (name 'A a', "Other" 'it''s') NOT NULL,
    b text DEFAULT 'x'
) SERVER "Some Server" OPTIONS (path '/nowhere', "Quoted" '1');
ALTER FOREIGN TABLE plain.foreign ADD CONSTRAINT positive CHECK (a > 0);
ALTER FOREIGN TABLE plain.foreign ALTER b SET STATISTICS 5;
CREATE FOREIGN TABLE plain.foreign_part PARTITION OF plain.empty_parts FOR VALUES WITH (MODULUS 3, REMAINDER 0) SERVER "Some Server";
