-- What a worker holds is found by its name, when it renews, releases or is taken over from.
DROP INDEX delivery_on_the_way;
CREATE INDEX delivery_on_the_way ON delivery (leased_by, lease_until) WHERE state IN ('leased', 'started');
