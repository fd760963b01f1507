-- What a task is about, where that is money; and whether it is over once its
-- limit has passed.  The tick makes the tasks of older stores anew
-- (domain/todo.h, TODO_RULES).
ALTER TABLE task ADD COLUMN amount bigint NOT NULL DEFAULT 0; -- fen
ALTER TABLE task ADD COLUMN lapses bigint NOT NULL DEFAULT 0
    CHECK (lapses IN (0, 1));
