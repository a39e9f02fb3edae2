-- What servers before 15 do not have: privileges on parameters.
GRANT SET ON PARAMETER work_mem TO g01;
GRANT SET, ALTER SYSTEM ON PARAMETER log_min_duration_statement TO "Odd ""Role" WITH GRANT OPTION;
GRANT ALTER SYSTEM ON PARAMETER maintenance_work_mem TO PUBLIC;
SET SESSION AUTHORIZATION "Odd ""Role";
GRANT SET ON PARAMETER log_min_duration_statement TO g02;
RESET SESSION AUTHORIZATION;
GRANT SET ON PARAMETER "odd.setting" TO "größe 😀 ключ";
