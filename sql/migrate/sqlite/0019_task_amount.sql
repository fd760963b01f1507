-- What a task is about, where that is money.  The tick makes the tasks of older
-- stores anew (domain/todo.h, TODO_RULES).
ALTER TABLE task ADD COLUMN amount INTEGER NOT NULL DEFAULT 0; -- fen
