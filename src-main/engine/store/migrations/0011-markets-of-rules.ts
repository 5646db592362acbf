/** The eleventh shape: a market may want all of a rule otherwise, not only its parameters, and what closes an incident is told apart. */

export const marketsOfRules = `
-- json(): what a subquery says is JSON is only text to whoever asked it
UPDATE pair SET settings_json = json_set(settings_json, '$.rules', json((
  SELECT json_group_object(rule.key, json(json_set(rule.value, '$.markets', json((
    SELECT json_group_object(market.key, json_object('params', json(market.value))) FROM json_each(rule.value, '$.markets') AS market)))))
  FROM json_each(settings_json, '$.rules') AS rule)))
WHERE json_type(settings_json, '$.rules') = 'object';

-- evidence: both sides show that it is over; rule-off: nobody judges it any more; removed: what it was about is not watched
ALTER TABLE incident ADD COLUMN closed_as TEXT CHECK (closed_as IN ('evidence', 'rule-off', 'removed'));
UPDATE incident SET closed_as = iif(resolved_by IN ('The pair was removed.', 'The connection was removed.'), 'removed', 'evidence')
WHERE state = 'resolved';
`
