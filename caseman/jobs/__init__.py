"""Work done after the answer has left, kept in the same database as what it is about.

``enqueue`` adds a row in the caller's transaction: the job exists if and only if the change does.
``work_once`` takes one row and runs its handler; a killed worker's row is taken up again.
"""
