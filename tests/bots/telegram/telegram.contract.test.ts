import { channelContract } from '../../contracts/channel.ts'
import { telegramPlatform } from './telegram-platform.ts'

channelContract('telegram by polling', () => telegramPlatform('polling'))
channelContract('telegram by webhook', () => telegramPlatform('webhook'))
