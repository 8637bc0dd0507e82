BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE answers (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	platform TEXT NOT NULL, 
	workspace TEXT NOT NULL, 
	message TEXT NOT NULL, 
	conversation TEXT NOT NULL, 
	person TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	intent TEXT NOT NULL, 
	answered BOOLEAN NOT NULL, 
	place TEXT NOT NULL, 
	reply TEXT NOT NULL, 
	replaces TEXT NOT NULL, 
	state TEXT NOT NULL, 
	created BIGINT NOT NULL, 
	due BIGINT NOT NULL, 
	expires BIGINT NOT NULL, 
	attempts INTEGER NOT NULL, 
	error TEXT NOT NULL, 
	sent_as TEXT NOT NULL, 
	CONSTRAINT uq_answers_platform_workspace_message UNIQUE (platform, workspace, message)
);
INSERT INTO "answers" VALUES(1,'test','w1','1','test/w1/c1/','ann','a-1','fact',1,'{"platform":"test","channel":"c1","workspace":"w1"}','{"id":"a-1","parts":[{"type":"text","markdown":"answer 1 to 1"}],"intent":"fact","answered":true}','','sent',1795262400000,1795262460000,1797854400000,0,'','["p-1"]');
INSERT INTO "answers" VALUES(2,'test','w1','2','test/w1/c1/','bob','a-2','fact',1,'{"platform":"test","channel":"c1","workspace":"w1"}','{"id":"a-2","parts":[{"type":"text","markdown":"answer 2 to 2"}],"intent":"fact","answered":true}','','waiting',1795262400000,1795262400000,1797854400000,0,'','[]');
INSERT INTO "answers" VALUES(3,'test','w1','3','test/w1/c2/','ann','','silent',0,'{"platform":"test","channel":"c2","workspace":"w1"}','{}','','silent',1795262400000,1795262400000,1795435200000,0,'','[]');
CREATE TABLE conversations (
	"key" TEXT NOT NULL, 
	state TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	updated BIGINT NOT NULL, 
	CONSTRAINT pk_conversations PRIMARY KEY ("key")
);
INSERT INTO "conversations" VALUES('test/w1/c1/','{"focus":{"words":["1","2"]},"last_message":"2","people":["ann","bob"]}',1,2,1795262400000);
INSERT INTO "conversations" VALUES('test/w1/c2/','{"focus":{"words":["3"]},"last_message":"3","people":["ann"]}',1,1,1795262400000);
INSERT INTO "conversations" VALUES('test/w1/broken/','{"focus": 7}',1,1,1795262400000);
CREATE TABLE damaged (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" TEXT NOT NULL, 
	state TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	problem TEXT NOT NULL, 
	created BIGINT NOT NULL
);
CREATE TABLE decisions (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	conversation TEXT NOT NULL, 
	person TEXT NOT NULL, 
	pick TEXT NOT NULL, 
	title TEXT NOT NULL, 
	record TEXT NOT NULL, 
	created BIGINT NOT NULL
);
INSERT INTO "decisions" VALUES(1,'test/w1/c1/','ann','flask','Use Flask','# ADR',1795262400000);
CREATE TABLE feedback (
	answer TEXT NOT NULL, 
	person TEXT NOT NULL, 
	platform TEXT NOT NULL, 
	useful BOOLEAN NOT NULL, 
	reason TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	created BIGINT NOT NULL, 
	CONSTRAINT pk_feedback PRIMARY KEY (answer, person)
);
INSERT INTO "feedback" VALUES('a-1','bob','test',0,'outdated','fact',1795262400000);
CREATE TABLE gaps (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	platform TEXT NOT NULL, 
	person TEXT NOT NULL, 
	text TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	created BIGINT NOT NULL
);
INSERT INTO "gaps" VALUES(1,'test','ann','does bottle scale','not_known',1795262400000);
CREATE TABLE people (
	"key" TEXT NOT NULL, 
	person TEXT NOT NULL, 
	CONSTRAINT pk_people PRIMARY KEY ("key", person)
);
INSERT INTO "people" VALUES('test/w1/c1/','ann');
INSERT INTO "people" VALUES('test/w1/c1/','bob');
INSERT INTO "people" VALUES('test/w1/c2/','ann');
CREATE TABLE sent (
	platform TEXT NOT NULL, 
	sent_as TEXT NOT NULL, 
	answer_id INTEGER NOT NULL, 
	CONSTRAINT pk_sent PRIMARY KEY (platform, sent_as), 
	CONSTRAINT fk_sent_answer_id FOREIGN KEY(answer_id) REFERENCES answers (id) ON DELETE CASCADE
);
INSERT INTO "sent" VALUES('test','p-1',1);
CREATE TABLE usage (
	day TEXT NOT NULL, 
	platform TEXT NOT NULL, 
	intent TEXT NOT NULL, 
	answered BOOLEAN NOT NULL, 
	count BIGINT NOT NULL, 
	CONSTRAINT pk_usage PRIMARY KEY (day, platform, intent, answered)
);
INSERT INTO "usage" VALUES('2026-11-01','test','fact',1,41);
CREATE INDEX ix_conversations_updated ON conversations (updated);
CREATE INDEX ix_people_person ON people (person);
CREATE INDEX ix_damaged_key ON damaged ("key");
CREATE INDEX ix_damaged_created ON damaged (created);
CREATE INDEX ix_answers_person ON answers (person);
CREATE INDEX ix_answers_answer ON answers (answer);
CREATE INDEX ix_answers_expires ON answers (expires);
CREATE INDEX ix_answers_outbox ON answers (platform, id) WHERE state = 'waiting';
CREATE INDEX ix_answers_queue ON answers (conversation, id) WHERE state = 'waiting';
CREATE INDEX ix_answers_replaces ON answers (platform, workspace, replaces) WHERE replaces <> '';
CREATE INDEX ix_sent_answer_id ON sent (answer_id);
CREATE INDEX ix_gaps_person ON gaps (person);
CREATE INDEX ix_gaps_created ON gaps (created);
CREATE INDEX ix_feedback_person ON feedback (person);
CREATE INDEX ix_feedback_created ON feedback (created);
CREATE INDEX ix_decisions_person ON decisions (person);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('answers',3);
INSERT INTO "sqlite_sequence" VALUES('gaps',1);
INSERT INTO "sqlite_sequence" VALUES('decisions',1);
COMMIT;
