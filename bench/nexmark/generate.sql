-- ${EVENTS} events of Nexmark in Avro files, 100,000 of them in a second of event time.
CREATE TABLE made (
  event_type INT,
  person ROW<id BIGINT, name STRING, emailAddress STRING, creditCard STRING, city STRING, state STRING,
             `dateTime` TIMESTAMP(3), extra STRING>,
  auction ROW<id BIGINT, itemName STRING, description STRING, initialBid BIGINT, reserve BIGINT,
              `dateTime` TIMESTAMP(3), expires TIMESTAMP(3), seller BIGINT, category BIGINT, extra STRING>,
  bid ROW<auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, `dateTime` TIMESTAMP(3), extra STRING>
) WITH ('connector' = 'nexmark', 'events.num' = '${EVENTS}', 'first-event.rate' = '100000', 'max-emit-speed' = 'true');
CREATE TABLE events WITH ('connector' = 'filesystem', 'path' = '${FILE}', 'format' = 'avro', 'avro.codec' = 'null',
  'sink.rolling-policy.file-size' = '100 gb') LIKE made (EXCLUDING OPTIONS);
INSERT INTO events SELECT * FROM made;
