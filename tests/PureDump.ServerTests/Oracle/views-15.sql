-- What 15 brought: views with their reader's rights.
SET client_min_messages = warning;
CREATE VIEW views.invoked WITH (security_invoker = true, security_barrier = true, check_option = local) AS SELECT id, name FROM views.customer WHERE id > 0;
