<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CliText</name>
    <message numerus="yes">
        <source>%1 requests, %2 taken, %3 refused.</source>
        <translation>
            <numerusform>%1 request, %2 taken, %3 refused.</numerusform>
            <numerusform>%1 requests, %2 taken, %3 refused.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 entries removed.
</source>
        <translation>
            <numerusform>%1 entry removed.
</numerusform>
            <numerusform>%1 entries removed.
</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 rows</source>
        <translation>
            <numerusform>%1 row</numerusform>
            <numerusform>%1 rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 records</source>
        <translation>
            <numerusform>%1 record</numerusform>
            <numerusform>%1 records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 records decided.
</source>
        <translation>
            <numerusform>%1 record decided.
</numerusform>
            <numerusform>%1 records decided.
</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of the keys are in no record: %1</source>
        <translation>
            <numerusform>%n of the keys is in no record: %1</numerusform>
            <numerusform>%n of the keys are in no record: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, in %2 requests</source>
        <translation>
            <numerusform>%1, in %2 request</numerusform>
            <numerusform>%1, in %2 requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConnectorText</name>
    <message numerus="yes">
        <source>%1 requests a second</source>
        <translation>
            <numerusform>%1 request a second</numerusform>
            <numerusform>%1 requests a second</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 requests a minute</source>
        <translation>
            <numerusform>%1 request a minute</numerusform>
            <numerusform>%1 requests a minute</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 requests a day</source>
        <translation>
            <numerusform>%1 request a day</numerusform>
            <numerusform>%1 requests a day</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CountText</name>
    <message numerus="yes">
        <source>%1 rows</source>
        <translation>
            <numerusform>%1 row</numerusform>
            <numerusform>%1 rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 records</source>
        <translation>
            <numerusform>%1 record</numerusform>
            <numerusform>%1 records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 requests</source>
        <translation>
            <numerusform>%1 request</numerusform>
            <numerusform>%1 requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReportText</name>
    <message numerus="yes">
        <source>Nothing was sent: %1 records count as delivered from now on.</source>
        <translation>
            <numerusform>Nothing was sent: %1 record counts as delivered from now on.</numerusform>
            <numerusform>Nothing was sent: %1 records count as delivered from now on.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n keys are in no record: %1</source>
        <translation>
            <numerusform>%n key is in no record: %1</numerusform>
            <numerusform>%n keys are in no record: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 records are left out of the next run.</source>
        <translation>
            <numerusform>%1 record is left out of the next run.</numerusform>
            <numerusform>%1 records are left out of the next run.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 records are left out until they are released.</source>
        <translation>
            <numerusform>%1 record is left out until it is released.</numerusform>
            <numerusform>%1 records are left out until they are released.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 records go again with the next run.</source>
        <translation>
            <numerusform>%1 record goes again with the next run.</numerusform>
            <numerusform>%1 records go again with the next run.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 records noted as delivered.</source>
        <translation>
            <numerusform>%1 record noted as delivered.</numerusform>
            <numerusform>%1 records noted as delivered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 records are sent again.</source>
        <translation>
            <numerusform>%1 record is sent again.</numerusform>
            <numerusform>%1 records are sent again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowKeyText</name>
    <message numerus="yes">
        <source>the first %1 rows</source>
        <translation>
            <numerusform>the first %1 row</numerusform>
            <numerusform>the first %1 rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>all %1 rows</source>
        <translation>
            <numerusform>%1 row</numerusform>
            <numerusform>all %1 rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ui::ByteMeter</name>
    <message numerus="yes">
        <source>%1 bytes</source>
        <translation>
            <numerusform>%1 byte</numerusform>
            <numerusform>%1 bytes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 bytes of the %2 that the destination takes of one record</source>
        <translation>
            <numerusform>%1 byte of the %2 that the destination takes of one record</numerusform>
            <numerusform>%1 bytes of the %2 that the destination takes of one record</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ui::ConditionEditor</name>
    <message numerus="yes">
        <source>%n conditions together</source>
        <translation>
            <numerusform>%n condition together</numerusform>
            <numerusform>%n conditions together</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ui::CostText</name>
    <message numerus="yes">
        <source>%n seconds</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minutes</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hours</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This edit sends %1 of %2 records again</source>
        <translation>
            <numerusform>This edit sends %1 of %2 record again</numerusform>
            <numerusform>This edit sends %1 of %2 records again</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ui::DbtPicker</name>
    <message numerus="yes">
        <source>%n models</source>
        <translation>
            <numerusform>%n model</numerusform>
            <numerusform>%n models</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ui::JsonView</name>
    <message numerus="yes">
        <source>%n values</source>
        <translation>
            <numerusform>%n value</numerusform>
            <numerusform>%n values</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ui::MainWindow</name>
    <message numerus="yes">
        <source>%n syncs name a schedule</source>
        <translation>
            <numerusform>%n sync names a schedule</numerusform>
            <numerusform>%n syncs name a schedule</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changes to %n definitions that were not saved are back.</source>
        <translation>
            <numerusform>Changes to one definition that were not saved are back.</numerusform>
            <numerusform>Changes to %n definitions that were not saved are back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ui::PathTable</name>
    <message numerus="yes">
        <source>Remove %n fields</source>
        <translation>
            <numerusform>Remove %n field</numerusform>
            <numerusform>Remove %n fields</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ui::PayloadPane</name>
    <message numerus="yes">
        <source>Size: the payload has %1 bytes; the destination takes %2.</source>
        <translation>
            <numerusform>Size: the payload has %1 byte; the destination takes %2.</numerusform>
            <numerusform>Size: the payload has %1 bytes; the destination takes %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ui::ProblemStrip</name>
    <message numerus="yes">
        <source>%1 In %2 of %3 records.</source>
        <translation>
            <numerusform>%1 In %2 of %3 record.</numerusform>
            <numerusform>%1 In %2 of %3 records.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 In %2 of the first %3 records.</source>
        <translation>
            <numerusform>%1 In %2 of the first %3 record.</numerusform>
            <numerusform>%1 In %2 of the first %3 records.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No problem in the first %1 records.</source>
        <translation>
            <numerusform>No problem in the first %1 record.</numerusform>
            <numerusform>No problem in the first %1 records.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ui::PushDialog</name>
    <message numerus="yes">
        <source>%n keys in %1.</source>
        <translation>
            <numerusform>%n key in %1.</numerusform>
            <numerusform>%n keys in %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n keys in %1, column %2.</source>
        <translation>
            <numerusform>%n key in %1, column %2.</numerusform>
            <numerusform>%n keys in %1, column %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 were there already.</source>
        <translation>
            <numerusform>%1 was there already.</numerusform>
            <numerusform>%1 were there already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 lines have no key.</source>
        <translation>
            <numerusform>%1 line has no key.</numerusform>
            <numerusform>%1 lines have no key.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n records chosen</source>
        <translation>
            <numerusform>%n record chosen</numerusform>
            <numerusform>%n records chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %n records</source>
        <translation>
            <numerusform>Send %n record</numerusform>
            <numerusform>Send %n records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n records would be sent. Nothing was sent yet.</source>
        <translation>
            <numerusform>%n record would be sent. Nothing was sent yet.</numerusform>
            <numerusform>%n records would be sent. Nothing was sent yet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ui::RowTest</name>
    <message numerus="yes">
        <source>

(after %n ms)</source>
        <translation>
            <numerusform>

(after %n ms)</numerusform>
            <numerusform>

(after %n ms)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ui::RowsPane</name>
    <message numerus="yes">
        <source>all %1 rows</source>
        <translation>
            <numerusform>%1 row</numerusform>
            <numerusform>all %1 rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>first %1 rows</source>
        <translation>
            <numerusform>first %1 row</numerusform>
            <numerusform>first %1 rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>of the %1 rows fetched</source>
        <translation>
            <numerusform>of the %1 row fetched</numerusform>
            <numerusform>of the %1 rows fetched</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 rows were written to %2.</source>
        <translation>
            <numerusform>%1 row was written to %2.</numerusform>
            <numerusform>%1 rows were written to %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ui::RunChart</name>
    <message numerus="yes">
        <source>%n runs</source>
        <translation>
            <numerusform>One run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ui::RunDetails</name>
    <message numerus="yes">
        <source>%n records written to %1.</source>
        <translation>
            <numerusform>%n record written to %1.</numerusform>
            <numerusform>%n records written to %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ui::SchemaBrowser</name>
    <message numerus="yes">
        <source>%1 tables and views</source>
        <translation>
            <numerusform>%1 table or view</numerusform>
            <numerusform>%1 tables and views</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %1 rows</source>
        <translation>
            <numerusform>%1 row</numerusform>
            <numerusform>All %1 rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>First %1 rows</source>
        <translation>
            <numerusform>First %1 row</numerusform>
            <numerusform>First %1 rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ui::ShapePage</name>
    <message numerus="yes">
        <source>All %1 records, read in %2 s</source>
        <translation>
            <numerusform>%1 record, read in %2 s</numerusform>
            <numerusform>All %1 records, read in %2 s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %1 records, read in %2 s</source>
        <translation>
            <numerusform>The first %1 record, read in %2 s</numerusform>
            <numerusform>The first %1 records, read in %2 s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %2 elements from %3 (%4)</source>
        <translation>
            <numerusform>%1: %2 element from %3 (%4)</numerusform>
            <numerusform>%1: %2 elements from %3 (%4)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n fields</source>
        <translation>
            <numerusform>%1: %n field</numerusform>
            <numerusform>%1: %n fields</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n fields</source>
        <translation>
            <numerusform>Remove %n field</numerusform>
            <numerusform>Remove %n fields</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ui::ShapeTreeModel</name>
    <message numerus="yes">
        <source>%1 (in %2 of %3 records)</source>
        <translation>
            <numerusform>%1 (in %2 of %3 record)</numerusform>
            <numerusform>%1 (in %2 of %3 records)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %1 rows</source>
        <translation>
            <numerusform>%1 of %1 row</numerusform>
            <numerusform>%1 of %1 rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show all %n fields</source>
        <translation>
            <numerusform>Show the field</numerusform>
            <numerusform>Show all %n fields</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ui::SyncFields</name>
    <message numerus="yes">
        <source>%1 fields</source>
        <translation>
            <numerusform>%1 field</numerusform>
            <numerusform>%1 fields</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1; %2 that are needed are not filled.</source>
        <translation>
            <numerusform>%1; %2 that is needed is not filled.</numerusform>
            <numerusform>%1; %2 that are needed are not filled.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ui::SyncForecast</name>
    <message numerus="yes">
        <source>Of %1 delivered records none has changed since.</source>
        <translation>
            <numerusform>The %1 record that was delivered has not changed since.</numerusform>
            <numerusform>Of %1 delivered records none has changed since.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A run now sends %1 of %2 delivered records again, for they have changed.</source>
        <translation>
            <numerusform>A run now sends %1 of %2 delivered record again, for it has changed.</numerusform>
            <numerusform>A run now sends %1 of %2 delivered records again, for they have changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ui::TablePicker</name>
    <message numerus="yes">
        <source>%n tables</source>
        <translation>
            <numerusform>%n table</numerusform>
            <numerusform>%n tables</numerusform>
        </translation>
    </message>
</context>
</TS>
