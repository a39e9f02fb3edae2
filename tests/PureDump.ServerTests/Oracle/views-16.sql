-- What 16 brought to queries: constructors of JSON.
SET client_min_messages = warning;
CREATE VIEW views.json AS SELECT json_object('a' VALUE id, 'b' : name NULL ON NULL) AS o, json_arrayagg(city) OVER () AS a, (name IS JSON) AS is_json FROM views.customer;
