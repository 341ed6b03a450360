# escape=`
# check=skip=FromPlatformFlagConstDisallowed;error=true
FROM --platform=windows/amd64 mcr.example.com/windows/nanoserver:ltsc2025 AS windows
SHELL ["powershell", "-Command"]
RUN Write-Host 'C:\path\' ; `
    New-Item -Path C:\app -ItemType Directory
WORKDIR C:\app
COPY app.exe C:\app\

FROM --platform=linux/arm64 alpine AS arm
RUN uname -m
