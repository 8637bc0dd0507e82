CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.answers (
    id bigint NOT NULL,
    platform text NOT NULL,
    workspace text NOT NULL,
    message text NOT NULL,
    conversation text NOT NULL,
    person text NOT NULL,
    answer text NOT NULL,
    intent text NOT NULL,
    answered boolean NOT NULL,
    place text NOT NULL,
    reply text NOT NULL,
    replaces text NOT NULL,
    state text NOT NULL,
    created bigint NOT NULL,
    due bigint NOT NULL,
    expires bigint NOT NULL,
    attempts integer NOT NULL,
    error text NOT NULL,
    sent_as text NOT NULL
);
CREATE SEQUENCE public.answers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.answers_id_seq OWNED BY public.answers.id;
CREATE TABLE public.conversations (
    key text NOT NULL,
    state text NOT NULL,
    version integer NOT NULL,
    revision integer NOT NULL,
    updated bigint NOT NULL
);
CREATE TABLE public.damaged (
    id bigint NOT NULL,
    key text NOT NULL,
    state text NOT NULL,
    version integer NOT NULL,
    problem text NOT NULL,
    created bigint NOT NULL
);
CREATE SEQUENCE public.damaged_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.damaged_id_seq OWNED BY public.damaged.id;
CREATE TABLE public.decisions (
    id bigint NOT NULL,
    conversation text NOT NULL,
    person text NOT NULL,
    pick text NOT NULL,
    title text NOT NULL,
    record text NOT NULL,
    created bigint NOT NULL
);
CREATE SEQUENCE public.decisions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.decisions_id_seq OWNED BY public.decisions.id;
CREATE TABLE public.feedback (
    answer text NOT NULL,
    person text NOT NULL,
    platform text NOT NULL,
    useful boolean NOT NULL,
    reason text NOT NULL,
    subject text NOT NULL,
    created bigint NOT NULL
);
CREATE TABLE public.gaps (
    id bigint NOT NULL,
    platform text NOT NULL,
    person text NOT NULL,
    text text NOT NULL,
    reason text NOT NULL,
    created bigint NOT NULL
);
CREATE SEQUENCE public.gaps_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.gaps_id_seq OWNED BY public.gaps.id;
CREATE TABLE public.people (
    key text NOT NULL,
    person text NOT NULL
);
CREATE TABLE public.sent (
    platform text NOT NULL,
    sent_as text NOT NULL,
    answer_id bigint NOT NULL
);
CREATE TABLE public.usage (
    day text NOT NULL,
    platform text NOT NULL,
    intent text NOT NULL,
    answered boolean NOT NULL,
    count bigint NOT NULL
);
ALTER TABLE ONLY public.answers ALTER COLUMN id SET DEFAULT nextval('public.answers_id_seq'::regclass);
ALTER TABLE ONLY public.damaged ALTER COLUMN id SET DEFAULT nextval('public.damaged_id_seq'::regclass);
ALTER TABLE ONLY public.decisions ALTER COLUMN id SET DEFAULT nextval('public.decisions_id_seq'::regclass);
ALTER TABLE ONLY public.gaps ALTER COLUMN id SET DEFAULT nextval('public.gaps_id_seq'::regclass);
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.answers VALUES (2, 'test', 'w1', '2', 'test/w1/c1/', 'bob', 'a-2', 'fact', true, '{"platform":"test","channel":"c1","workspace":"w1"}', '{"id":"a-2","parts":[{"type":"text","markdown":"answer 2 to 2"}],"intent":"fact","answered":true}', '', 'waiting', 1795262400000, 1795262400000, 1797854400000, 0, '', '[]');
INSERT INTO public.answers VALUES (1, 'test', 'w1', '1', 'test/w1/c1/', 'ann', 'a-1', 'fact', true, '{"platform":"test","channel":"c1","workspace":"w1"}', '{"id":"a-1","parts":[{"type":"text","markdown":"answer 1 to 1"}],"intent":"fact","answered":true}', '', 'sent', 1795262400000, 1795262460000, 1797854400000, 0, '', '["p-1"]');
INSERT INTO public.answers VALUES (3, 'test', 'w1', '3', 'test/w1/c2/', 'ann', '', 'silent', false, '{"platform":"test","channel":"c2","workspace":"w1"}', '{}', '', 'silent', 1795262400000, 1795262400000, 1795435200000, 0, '', '[]');
INSERT INTO public.conversations VALUES ('test/w1/c1/', '{"focus":{"words":["1","2"]},"last_message":"2","people":["ann","bob"]}', 1, 2, 1795262400000);
INSERT INTO public.conversations VALUES ('test/w1/c2/', '{"focus":{"words":["3"]},"last_message":"3","people":["ann"]}', 1, 1, 1795262400000);
INSERT INTO public.conversations VALUES ('test/w1/broken/', '{"focus": 7}', 1, 1, 1795262400000);
INSERT INTO public.decisions VALUES (1, 'test/w1/c1/', 'ann', 'flask', 'Use Flask', '# ADR', 1795262400000);
INSERT INTO public.feedback VALUES ('a-1', 'bob', 'test', false, 'outdated', 'fact', 1795262400000);
INSERT INTO public.gaps VALUES (1, 'test', 'ann', 'does bottle scale', 'not_known', 1795262400000);
INSERT INTO public.people VALUES ('test/w1/c1/', 'ann');
INSERT INTO public.people VALUES ('test/w1/c1/', 'bob');
INSERT INTO public.people VALUES ('test/w1/c2/', 'ann');
INSERT INTO public.sent VALUES ('test', 'p-1', 1);
INSERT INTO public.usage VALUES ('2026-11-01', 'test', 'fact', true, 41);
SELECT pg_catalog.setval('public.answers_id_seq', 3, true);
SELECT pg_catalog.setval('public.damaged_id_seq', 1, false);
SELECT pg_catalog.setval('public.decisions_id_seq', 1, true);
SELECT pg_catalog.setval('public.gaps_id_seq', 1, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT pk_answers PRIMARY KEY (id);
ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT pk_conversations PRIMARY KEY (key);
ALTER TABLE ONLY public.damaged
    ADD CONSTRAINT pk_damaged PRIMARY KEY (id);
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT pk_decisions PRIMARY KEY (id);
ALTER TABLE ONLY public.feedback
    ADD CONSTRAINT pk_feedback PRIMARY KEY (answer, person);
ALTER TABLE ONLY public.gaps
    ADD CONSTRAINT pk_gaps PRIMARY KEY (id);
ALTER TABLE ONLY public.people
    ADD CONSTRAINT pk_people PRIMARY KEY (key, person);
ALTER TABLE ONLY public.sent
    ADD CONSTRAINT pk_sent PRIMARY KEY (platform, sent_as);
ALTER TABLE ONLY public.usage
    ADD CONSTRAINT pk_usage PRIMARY KEY (day, platform, intent, answered);
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT uq_answers_platform_workspace_message UNIQUE (platform, workspace, message);
CREATE INDEX ix_answers_answer ON public.answers USING btree (answer);
CREATE INDEX ix_answers_expires ON public.answers USING btree (expires);
CREATE INDEX ix_answers_outbox ON public.answers USING btree (platform, id) WHERE (state = 'waiting'::text);
CREATE INDEX ix_answers_person ON public.answers USING btree (person);
CREATE INDEX ix_answers_queue ON public.answers USING btree (conversation, id) WHERE (state = 'waiting'::text);
CREATE INDEX ix_answers_replaces ON public.answers USING btree (platform, workspace, replaces) WHERE (replaces <> ''::text);
CREATE INDEX ix_conversations_updated ON public.conversations USING btree (updated);
CREATE INDEX ix_damaged_created ON public.damaged USING btree (created);
CREATE INDEX ix_damaged_key ON public.damaged USING btree (key);
CREATE INDEX ix_decisions_person ON public.decisions USING btree (person);
CREATE INDEX ix_feedback_created ON public.feedback USING btree (created);
CREATE INDEX ix_feedback_person ON public.feedback USING btree (person);
CREATE INDEX ix_gaps_created ON public.gaps USING btree (created);
CREATE INDEX ix_gaps_person ON public.gaps USING btree (person);
CREATE INDEX ix_people_person ON public.people USING btree (person);
CREATE INDEX ix_sent_answer_id ON public.sent USING btree (answer_id);
ALTER TABLE ONLY public.sent
    ADD CONSTRAINT fk_sent_answer_id FOREIGN KEY (answer_id) REFERENCES public.answers(id) ON DELETE CASCADE;
