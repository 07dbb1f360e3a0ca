@echo off
rem Sets the ledger up in this folder and shows the demo. Double-click it once.
cd /d "%~dp0"
py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>nul || (echo Python 3.11 or later is needed: get it from https://www.python.org/downloads/ and tick "Add python.exe to PATH". & pause & exit /b 1)
if not exist .venv\Scripts\python.exe py -3 -m venv .venv || (pause & exit /b 1)
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock || (echo The parts could not be fetched. Check the network and try again. & pause & exit /b 1)
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . || (pause & exit /b 1)
.venv\Scripts\python -m sheet_schema.languages || (pause & exit /b 1)
.venv\Scripts\python jobs.py demo
pause
