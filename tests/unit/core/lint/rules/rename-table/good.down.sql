RENAME TABLE t TO t_new, t_old TO t;
