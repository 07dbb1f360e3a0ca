@echo off
rem Sets the ledger up in this folder and shows the demo, in Chinese on a Chinese Windows. Double-click it once.
rem This file is plain ASCII: what it says stands in docs\setup, since cmd reads other letters in a .bat by chance.
setlocal
cd /d "%~dp0"
set SPOKEN=en
set LOCALE=en
set PYTHONUTF8=1
for /f "tokens=3" %%L in ('reg query "HKCU\Control Panel\International" /v LocaleName 2^>nul') do set LOCALE=%%L
if /i "%LOCALE:~0,2%"=="zh" set SPOKEN=zh
if %SPOKEN%==zh chcp 65001 >nul
set LEDGER_LANGUAGE=%SPOKEN%
set FETCH=.venv\Scripts\python -m pip install --quiet --disable-pip-version-check
py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>nul || (type docs\setup\%SPOKEN%-python.txt & pause & exit /b 1)
if not exist .venv\Scripts\python.exe py -3 -m venv .venv || (pause & exit /b 1)
%FETCH% --require-hashes -r requirements.lock && goto :fetched
rem Each part is checked against its hash, so that a mirror may bring it.
if %SPOKEN%==zh %FETCH% --require-hashes -i https://pypi.tuna.tsinghua.edu.cn/simple -r requirements.lock && goto :fetched
type docs\setup\%SPOKEN%-network.txt
pause
exit /b 1
:fetched
%FETCH% --no-deps --no-build-isolation --editable . || (pause & exit /b 1)
.venv\Scripts\python -m sheet_schema.languages || (pause & exit /b 1)
.venv\Scripts\python jobs.py demo --language %SPOKEN% || (pause & exit /b 1)
for %%F in (demo\*.xlsx) do start "" "%%F"
pause
