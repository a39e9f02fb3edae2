-- What 18 brought: generated columns in publications.
SET client_min_messages = error;
CREATE PUBLICATION generated FOR TABLE tables.generated WITH (publish_generated_columns = stored);
